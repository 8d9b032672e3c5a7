import type { Cloud } from './cloud-bill'

export const billingAccount =
  '/providers/Microsoft.Billing/billingAccounts/71fe0c1a-4d2b-5e7f-9a10-3f6c2b8d4e90:5b0d1c7e-22aa-4f0e-8c1d-9e7f60a1b2c3_2019-05-31'
const subscription = (id: string): string => `/subscriptions/${id}`

export const azure: Cloud = {
  currency: 'EUR',
  zone: 'UTC',
  accounts: [
    { id: subscription('0a41c7d2-6b1e-4c58-9f3a-2d7e8b9c0f11'), name: 'halden-web' },
    { id: subscription('b7e9d012-3c4f-4a5b-8d6e-1f2a3b4c5d66'), name: 'halden-reporting' },
  ],
  regions: [
    { id: 'westeurope', name: 'West Europe' },
    { id: 'germanywestcentral', name: 'Germany West Central' },
  ],
  commitment: '/providers/Microsoft.Capacity/reservationOrders/6D1F2A3B-4C5D-4E6F-8A7B-9C0D1E2F3A4B',
  services: [
    service(
      'Virtual Machines',
      'Compute',
      'Virtual Machines',
      'microsoft.compute/virtualmachines',
      '0.192',
      '1 Hour',
    ),
    {
      ...service(
        'Virtual Machines',
        'Compute',
        'Virtual Machines',
        'microsoft.compute/virtualmachines',
        '0.384',
        '1 Hour',
      ),
      sku: 'DZH318Z0BPS6',
      committed: true,
    },
    service(
      'Storage Accounts',
      'Storage',
      'Object Storage',
      'microsoft.storage/storageaccounts',
      '0.0184',
      '1 GB/Month',
    ),
    service(
      'Azure SQL',
      'Databases',
      'Relational Databases',
      'microsoft.sql/servers/databases',
      '0.5218',
      '1 Hour',
    ),
    service(
      'Bandwidth',
      'Networking',
      'Data Transfer',
      'microsoft.network/virtualnetworks',
      '0.000001',
      '1 GB',
    ),
    {
      ...service('Log Search', 'Other', 'Other', 'microsoft.saas/resources', '1.25', '1'),
      publisher: 'Northlight Observability, Inc.',
    },
  ],
}

function service(
  name: string,
  category: string,
  subcategory: string,
  resourceType: string,
  price: string,
  unit: string,
): Cloud['services'][number] {
  return {
    name,
    category,
    subcategory,
    resourceType,
    price,
    unit,
    sku: `DZH318Z0${name.length}Q${price.length}`,
  }
}
