import type { ImageDetail, Repository } from '@aws-sdk/client-ecr'
import type { Collector, ResourceDraft } from '../collector'
import { everyPage, inParallel } from '../pages'
import { resource } from '../resource-draft'
import { tagsByArn } from '../tagging'

export const imageRepositories: Collector = {
  service: 'ecr',
  part: 'repositories',
  scope: 'region',
  actions: ['ecr:DescribeRepositories', 'ecr:DescribeImages', 'ecr:GetLifecyclePolicy', 'tag:GetResources'],
  async collect(context) {
    const { DescribeImagesCommand, DescribeRepositoriesCommand, ECRClient, GetLifecyclePolicyCommand } =
      await import('@aws-sdk/client-ecr')
    const client = await context.session.client(
      'ecr',
      context.region,
      async (config) => new ECRClient(config),
    )
    const abort = { abortSignal: context.signal }
    const found = await everyPage(context, {
      ask: (nextToken) => client.send(new DescribeRepositoriesCommand({ nextToken, maxResults: 100 }), abort),
      items: ({ repositories }) => repositories,
      next: ({ nextToken }) => nextToken,
    })
    if (found.length === 0) return { resources: [], relations: [] }
    const tags = await tagsByArn(context, 'ecr:repository')
    const readImages = () =>
      inParallel(found, 4, ({ repositoryName }) =>
        everyPage(context, {
          ask: (nextToken) =>
            client.send(new DescribeImagesCommand({ repositoryName, nextToken, maxResults: 1_000 }), abort),
          items: ({ imageDetails }) => imageDetails,
          next: ({ nextToken }) => nextToken,
        }),
      )
    const images = await context.optional('ecr:DescribeImages', readImages, [])
    const readPolicies = () =>
      inParallel(found, 4, async ({ repositoryName }) => {
        try {
          await context.ask(() => client.send(new GetLifecyclePolicyCommand({ repositoryName }), abort))
          return true
        } catch (error) {
          if (error instanceof Error && error.name === 'LifecyclePolicyNotFoundException') return false
          throw error
        }
      })
    const policies = await context.optional('ecr:GetLifecyclePolicy', readPolicies, [])
    return {
      resources: found.map((one, at) =>
        repositoryOf(one, images[at], policies[at], tags.get(one.repositoryArn ?? '')),
      ),
      relations: found.flatMap(({ repositoryArn = '', encryptionConfiguration }) =>
        encryptionConfiguration?.kmsKey
          ? [{ from: repositoryArn, relation: 'encrypted with', to: encryptionConfiguration.kmsKey }]
          : [],
      ),
    }
  },
}

function repositoryOf(
  repository: Repository,
  images: readonly ImageDetail[] | undefined,
  hasPolicy: boolean | undefined,
  tags: Record<string, string> | undefined,
): ResourceDraft {
  const untagged = images?.filter(({ imageTags }) => (imageTags?.length ?? 0) === 0)
  return resource({
    kind: 'image-repository',
    id: repository.repositoryArn,
    arn: repository.repositoryArn,
    name: repository.repositoryName,
    createdAt: repository.createdAt,
    tags,
    facts: {
      lifecyclePolicy: hasPolicy,
      images: images?.length,
      bytes: images && bytesOf(images),
      untaggedImages: untagged?.length,
      untaggedBytes: untagged && bytesOf(untagged),
      lastPull: newest(images?.flatMap(({ lastRecordedPullTime }) => lastRecordedPullTime ?? [])),
      lastPush: newest(images?.flatMap(({ imagePushedAt }) => imagePushedAt ?? [])),
    },
  })
}

/** Layers that images share are counted with each: ECR does not tell them apart. */
const bytesOf = (images: readonly ImageDetail[]) =>
  images.reduce((sum, { imageSizeInBytes }) => sum + (imageSizeInBytes ?? 0), 0)

function newest(times: readonly Date[] | undefined): Date | undefined {
  return times?.reduce<Date | undefined>(
    (latest, time) => (latest === undefined || time > latest ? time : latest),
    undefined,
  )
}
