import { z } from 'zod'
import { changeStep, check, defineAction, type Step, tagsIn } from '../action'
import type { Cloud } from '../cloud'
import { tagListSchema } from './tag-list'

const notebookSchema = z.looseObject({
  NotebookInstanceName: z.string(),
  NotebookInstanceArn: z.string().optional(),
  NotebookInstanceStatus: z.string(),
  Tags: tagListSchema,
})

export const stopNotebook = defineAction({
  kind: 'stop-notebook',
  undo: 'exact',
  risk: 'low',
  undoNote: 'What runs in it ends; files on its volume stay.',
  state: notebookSchema,
  read: (cloud, { notebook }) => readNotebook(cloud, notebook),
  tags: ({ Tags }) => tagsIn(Tags),
  volatile: ['LastModifiedTime', 'Url'],
  checks: async (_params, state) => [
    check(
      'P0',
      state.NotebookInstanceStatus === 'InService',
      `It runs (it is ${state.NotebookInstanceStatus})`,
    ),
  ],
  steps: ({ notebook }) => [stopStep(notebook)],
  undoSteps: ({ notebook }) => [startStep(notebook)],
  code: () => ({
    cloudFormation: ['AWS::SageMaker::NotebookInstance', null],
    terraform: ['aws_sagemaker_notebook_instance', null],
  }),
})

async function readNotebook(cloud: Cloud, notebook: string): Promise<unknown> {
  const answer = await cloud.readIfThere('sagemaker', 'DescribeNotebookInstance', {
    NotebookInstanceName: notebook,
  })
  if (answer === null) return null
  const { NotebookInstanceArn } = notebookSchema.parse(answer)
  const tagged =
    NotebookInstanceArn === undefined
      ? null
      : await cloud.read('sagemaker', 'ListTags', { ResourceArn: NotebookInstanceArn })
  return { ...answer, Tags: tagged?.Tags ?? [] }
}

const lookFor =
  (notebook: string, from: string, to: string): Step['look'] =>
  async (cloud) => {
    const state = await readNotebook(cloud, notebook)
    const status = state === null ? '' : notebookSchema.parse(state).NotebookInstanceStatus
    if (status === to) return { place: 'there' }
    if (status === from) return { place: 'before' }
    return { place: ['Pending', 'Stopping', 'Updating'].includes(status) ? 'moving' : 'astray' }
  }

function stopStep(notebook: string): Step {
  return changeStep({
    name: 'stop',
    says: `Stop the notebook ${notebook}`,
    service: 'sagemaker',
    operation: 'StopNotebookInstance',
    input: { NotebookInstanceName: notebook },
    look: lookFor(notebook, 'InService', 'Stopped'),
  })
}

function startStep(notebook: string): Step {
  return changeStep({
    name: 'start',
    says: `Start the notebook ${notebook}`,
    service: 'sagemaker',
    operation: 'StartNotebookInstance',
    input: { NotebookInstanceName: notebook },
    look: lookFor(notebook, 'Stopped', 'InService'),
  })
}
