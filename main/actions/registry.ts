import type { Action, ActionKind } from '../../analytics/contract/actions'
import type { BoundAction, ParamsOf } from './action'
import { addBucketLifecycle } from './kinds/add-bucket-lifecycle'
import { changeCacheType } from './kinds/change-cache-type'
import { changeInstanceType } from './kinds/change-instance-type'
import { deleteDbInstance } from './kinds/delete-db-instance'
import { deleteDbSnapshot } from './kinds/delete-db-snapshot'
import { deleteLoadBalancer } from './kinds/delete-load-balancer'
import { deleteModelEndpoint } from './kinds/delete-model-endpoint'
import { deleteNatGateway } from './kinds/delete-nat-gateway'
import { deleteProvisionedConcurrency } from './kinds/delete-provisioned-concurrency'
import { deleteSecret } from './kinds/delete-secret'
import { deleteSnapshot } from './kinds/delete-snapshot'
import { deleteVolume } from './kinds/delete-volume'
import { deleteVpcEndpoint } from './kinds/delete-vpc-endpoint'
import { deregisterImage } from './kinds/deregister-image'
import { disableKey } from './kinds/disable-key'
import { modifyDbInstance } from './kinds/modify-db-instance'
import { modifyVolume } from './kinds/modify-volume'
import { pauseWarehouse } from './kinds/pause-warehouse'
import { releaseAddress } from './kinds/release-address'
import { setFunctionMemory } from './kinds/set-function-memory'
import { setLogRetention } from './kinds/set-log-retention'
import { setServiceCount } from './kinds/set-service-count'
import { setTableClass } from './kinds/set-table-class'
import { setTableMode } from './kinds/set-table-mode'
import { setWorkspaceMode } from './kinds/set-workspace-mode'
import { startDbInstance } from './kinds/start-db-instance'
import { startInstance } from './kinds/start-instance'
import { stopDbInstance } from './kinds/stop-db-instance'
import { stopInstance } from './kinds/stop-instance'
import { stopNotebook } from './kinds/stop-notebook'
import { terminateInstance } from './kinds/terminate-instance'

type Makers = { readonly [K in ActionKind]: (params: ParamsOf<K>) => BoundAction }

const makers: Makers = {
  'add-bucket-lifecycle': addBucketLifecycle,
  'change-cache-type': changeCacheType,
  'change-instance-type': changeInstanceType,
  'delete-db-instance': deleteDbInstance,
  'delete-db-snapshot': deleteDbSnapshot,
  'delete-load-balancer': deleteLoadBalancer,
  'delete-model-endpoint': deleteModelEndpoint,
  'delete-nat-gateway': deleteNatGateway,
  'delete-provisioned-concurrency': deleteProvisionedConcurrency,
  'delete-secret': deleteSecret,
  'delete-snapshot': deleteSnapshot,
  'delete-volume': deleteVolume,
  'delete-vpc-endpoint': deleteVpcEndpoint,
  'deregister-image': deregisterImage,
  'disable-key': disableKey,
  'modify-db-instance': modifyDbInstance,
  'modify-volume': modifyVolume,
  'pause-warehouse': pauseWarehouse,
  'release-address': releaseAddress,
  'set-function-memory': setFunctionMemory,
  'set-log-retention': setLogRetention,
  'set-service-count': setServiceCount,
  'set-table-class': setTableClass,
  'set-table-mode': setTableMode,
  'set-workspace-mode': setWorkspaceMode,
  'start-db-instance': startDbInstance,
  'start-instance': startInstance,
  'stop-db-instance': stopDbInstance,
  'stop-instance': stopInstance,
  'stop-notebook': stopNotebook,
  'terminate-instance': terminateInstance,
}

export function actionOf(action: Action): BoundAction {
  // The kind says which parameters there are; TypeScript does not follow it through the table.
  return makers[action.kind](action.params as never)
}
