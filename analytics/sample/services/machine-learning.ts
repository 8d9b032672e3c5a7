import type { Account } from '../accounts'
import type { Organisation } from '../organisation'
import type { Meter } from '../plan'
import { prices } from '../prices'
import type { RegionCode } from '../regions'

export const sagemakerEndpoint = (type: 'ml.g5.xlarge' | 'ml.g5.12xlarge' | 'ml.c5.2xlarge'): Meter => ({
  productCode: 'AmazonSageMaker',
  productName: 'Amazon SageMaker',
  family: 'ML Instance',
  usageType: `Host:${type}`,
  operation: 'RunInstance',
  unit: 'Hrs',
  usd: {
    'ml.g5.xlarge': prices.sagemakerG5,
    'ml.g5.12xlarge': prices.sagemakerG512,
    'ml.c5.2xlarge': prices.sagemakerC5,
  }[type],
  description: `SageMaker hosting ${type} hour`,
  longPrefix: true,
})

export const endpointName = (account: Account, region: RegionCode, name: string): string =>
  `arn:aws:sagemaker:${region}:${account.id}:endpoint/${name}`

export function addMachineLearning(organisation: Organisation): void {
  const { shop, research, payments, search } = organisation.accounts
  organisation.usage(
    { account: shop, region: 'us-east-1', resourceId: endpointName(shop, 'us-east-1', 'recommender') },
    sagemakerEndpoint('ml.g5.12xlarge'),
    { base: 4 },
  )
  organisation.usage(
    { account: payments, region: 'us-east-1', resourceId: endpointName(payments, 'us-east-1', 'fraud') },
    sagemakerEndpoint('ml.c5.2xlarge'),
    { base: 4 },
  )
  for (let index = 1; index <= 3; index += 1) {
    organisation.usage(
      {
        account: research,
        region: 'us-west-2',
        resourceId: `arn:aws:sagemaker:us-west-2:${research.id}:notebook-instance/lab-${index}`,
      },
      {
        ...sagemakerEndpoint('ml.c5.2xlarge'),
        usageType: 'Notebk:ml.t3.xlarge',
        usd: prices.notebook,
        description: 'SageMaker notebook ml.t3.xlarge hour',
      },
      { base: 1, shape: 'office' },
    )
  }
  const bedrock = {
    productCode: 'AmazonBedrock',
    productName: 'Amazon Bedrock',
    family: 'Amazon Bedrock',
    operation: 'InvokeModelInference',
    unit: '1K tokens',
    longPrefix: true,
  } as const
  for (const [account, input, output, growth] of [
    [search, 900, 160, 0.07],
    [shop, 700, 210, 0.05],
  ] as const) {
    const load = { shape: 'consumer', growth, dayNoise: 0.06, hourNoise: 0.06 } as const
    organisation.usage(
      { account, region: 'us-east-1' },
      {
        ...bedrock,
        usageType: 'Text-Model-input-tokens',
        usd: prices.bedrockInput,
        description: '1K input tokens',
      },
      { ...load, base: input },
    )
    organisation.usage(
      { account, region: 'us-east-1' },
      {
        ...bedrock,
        usageType: 'Text-Model-output-tokens',
        usd: prices.bedrockOutput,
        description: '1K output tokens',
      },
      { ...load, base: output },
    )
  }
}
