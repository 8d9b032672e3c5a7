import { classNames } from './class-names'

export function Skeleton({ className }: { readonly className?: string }) {
  return <div aria-hidden data-skeleton="" className={classNames('rounded-md bg-sunken', className)} />
}
