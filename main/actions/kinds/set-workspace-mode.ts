import { z } from 'zod'
import { changeStep, check, defineAction, firstIn, type ParamsOf, type Step, tagsIn } from '../action'
import type { Cloud } from '../cloud'
import { tagListSchema } from './tag-list'

type Mode = ParamsOf<'set-workspace-mode'>['mode']

const workspaceSchema = z.looseObject({
  WorkspaceId: z.string(),
  State: z.string(),
  WorkspaceProperties: z.looseObject({
    RunningMode: z.string().optional(),
    RunningModeAutoStopTimeoutInMinutes: z.number().optional(),
  }),
  Tags: tagListSchema,
})

export const setWorkspaceMode = defineAction({
  kind: 'set-workspace-mode',
  undo: 'exact',
  risk: 'low',
  undoNote: 'A change in the middle of a month may bill both modes for it.',
  state: workspaceSchema,
  read: (cloud, { workspace }) => readWorkspace(cloud, workspace),
  tags: ({ Tags }) => tagsIn(Tags),
  volatile: ['State', 'IpAddress', 'ComputerName'],
  checks: async ({ mode }, state) => [
    check('P0', ['AVAILABLE', 'STOPPED'].includes(state.State), `It can be changed (it is ${state.State})`),
    check('P0', state.WorkspaceProperties.RunningMode !== mode, 'It does not already run so'),
  ],
  steps: ({ workspace, mode }, before) => [modeStep(workspace, otherThan(before), mode, 60)],
  undoSteps: ({ workspace, mode }, before) => [
    modeStep(
      workspace,
      mode,
      otherThan(before),
      before.WorkspaceProperties.RunningModeAutoStopTimeoutInMinutes ?? 60,
    ),
  ],
  code: ({ mode }) => ({
    cloudFormation: ['AWS::WorkSpaces::Workspace', { WorkspaceProperties: { RunningMode: mode } }],
    terraform: ['aws_workspaces_workspace', { workspace_properties: { running_mode: mode } }],
  }),
})

const otherThan = ({ WorkspaceProperties }: z.infer<typeof workspaceSchema>) =>
  (WorkspaceProperties.RunningMode ?? 'ALWAYS_ON') as Mode

async function readWorkspace(cloud: Cloud, workspace: string): Promise<unknown> {
  const found = firstIn(
    await cloud.read('workspaces', 'DescribeWorkspaces', { WorkspaceIds: [workspace] }),
    'Workspaces',
  )
  if (found === null) return null
  const tagged = await cloud.read('workspaces', 'DescribeTags', { ResourceId: workspace })
  return { ...(found as object), Tags: tagged.TagList ?? [] }
}

function modeStep(workspace: string, from: Mode, to: Mode, minutes: number): Step {
  return changeStep({
    name: 'mode',
    says: to === 'AUTO_STOP' ? `Let ${workspace} stop when nobody uses it` : `Let ${workspace} always run`,
    service: 'workspaces',
    operation: 'ModifyWorkspaceProperties',
    input: {
      WorkspaceId: workspace,
      WorkspaceProperties: {
        RunningMode: to,
        ...(to === 'AUTO_STOP' ? { RunningModeAutoStopTimeoutInMinutes: minutes } : {}),
      },
    },
    look: async (cloud) => {
      const state = await readWorkspace(cloud, workspace)
      if (state === null) return { place: 'astray' }
      const mode = workspaceSchema.parse(state).WorkspaceProperties.RunningMode
      return { place: mode === to ? 'there' : mode === from ? 'before' : 'astray' }
    },
  })
}
