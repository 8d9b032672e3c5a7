import { type Failure, failure } from '../../analytics/contract/result'

/** Asked before each call that could change something. */
export type ChangeGate = (operation: string, input: unknown) => Promise<Failure | null>

export const closedGate: ChangeGate = async (operation) =>
  failure(
    'connection-read-only',
    `${operation} changes something, and this connection only reads. Nothing was sent.`,
    'Changes are made by executing an approved recommendation.',
  )

/** EC2 tells by a trial what an identity may do. */
export const trialsGate: ChangeGate = async (operation, input) =>
  typeof input === 'object' && input !== null && Reflect.get(input, 'DryRun') === true
    ? null
    : await closedGate(operation, input)

export class ChangeRefusedError extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message)
    this.name = 'ChangeRefusedError'
  }
}

/** What is known to look only, by its verb. Whatever is not known changes something. */
const looks = /^(Describe|Get|Head|List|Lookup|BatchGet|Simulate)[A-Z]/
/** Another identity of the same kind: it can do nothing that does not come by here again. */
const takesOnRole = 'AssumeRole'
/** They make users or sessions as they answer. */
const looksButChanges = /^Get(ClusterCredentials|FederationToken|SessionToken)/

export function changesSomething(operation: string): boolean {
  if (operation === takesOnRole) return false
  return !looks.test(operation) || looksButChanges.test(operation)
}

/** As much of a client of the SDK as the gate needs. */
export interface Gated {
  readonly middlewareStack: {
    add(middleware: never, options: { readonly step: 'initialize'; readonly name: string }): void
  }
}

type Handler = (args: { readonly input?: unknown }) => Promise<unknown>

/** The one place that every request of every client comes by before it is signed or sent. */
export function withGate<Client extends Gated>(client: Client, gate: ChangeGate): Client {
  const refuse =
    (next: Handler, context: { readonly commandName?: string }) =>
    async (args: { readonly input?: unknown }) => {
      const operation = (context.commandName ?? 'A call').replace(/Command$/, '')
      const refused = changesSomething(operation) ? await gate(operation, args.input) : null
      if (refused !== null) throw new ChangeRefusedError(refused)
      return await next(args)
    }
  // Each client types its middleware by its own requests; the gate looks at none of them.
  client.middlewareStack.add(refuse as never, { step: 'initialize', name: 'changeGate' })
  return client
}
