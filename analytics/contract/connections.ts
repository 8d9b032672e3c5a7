import { z } from 'zod'
import { instantSchema } from './values'

const printable = (text: string) => !/\p{Cc}/u.test(text)

/** As it is written in the AWS files, or the name of a connection that was added here. */
export const profileNameSchema = z
  .string()
  .min(1)
  .max(200)
  .refine(printable, 'a profile name has no control characters')

/** null: the default credentials of this machine. */
export const connectionReferenceSchema = z.strictObject({ profile: profileNameSchema.nullable() })
export type ConnectionReference = Readonly<z.infer<typeof connectionReferenceSchema>>

/** Whether changes may be made with a connection. Off until a person switches it on. */
export const writingSchema = connectionReferenceSchema.extend({
  writing: z.boolean(),
  since: instantSchema.nullable(),
})
export type Writing = Readonly<z.infer<typeof writingSchema>>
export const writingChangeSchema = connectionReferenceSchema.extend({ writing: z.boolean() })
export type WritingChange = Readonly<z.infer<typeof writingChangeSchema>>

export const accountIdSchema = z.string().regex(/^\d{12}$/, 'an account has twelve digits')
export const regionNameSchema = z
  .string()
  .regex(/^[a-z]{2,}(-[a-z0-9]+)+$/, 'a region is written like eu-central-1')
  .max(40)

/** Stands where the name of a profile stands, in commands too. */
export const keptNameSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/,
    'a name has up to 64 letters, digits, dots, dashes and underscores, and begins with a letter or digit',
  )
export const roleNameSchema = z
  .string()
  .regex(/^([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/, 'a role is named like OrganizationAccountAccessRole')
  .max(512)
export const externalIdSchema = z
  .string()
  .regex(/^[\w+=,.@:/-]{2,200}$/, 'an external id has letters, digits and + = , . @ : / -')

/** A connection that was added here. Nothing in it is secret: keys are in the keychain of the system. */
export const keptConnectionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('keys'),
    name: keptNameSchema,
    /** null: they were saved without asking AWS. */
    account: accountIdSchema.nullable(),
    region: regionNameSchema.nullable(),
    /** The end of the key's id, to tell keys apart. */
    keyEnding: z.string().max(4),
    /** When the keys were last exchanged. */
    keysSince: instantSchema,
  }),
  z.strictObject({
    kind: z.literal('role'),
    name: keptNameSchema,
    account: accountIdSchema,
    accountName: z.string().max(200),
    role: roleNameSchema,
    /** Whose credentials take the role on. */
    via: profileNameSchema.nullable(),
    externalId: externalIdSchema.nullable(),
    region: regionNameSchema.nullable(),
  }),
])
export type KeptConnection = Readonly<z.infer<typeof keptConnectionSchema>>

export const keptReferenceSchema = z.strictObject({ name: keptNameSchema })
export type KeptReference = Readonly<z.infer<typeof keptReferenceSchema>>

export const keptConnectionsSchema = z.strictObject({
  kept: z.array(keptConnectionSchema),
  /** Every connection that writing is on for. */
  writing: z.array(writingSchema),
})
export type KeptConnections = Readonly<z.infer<typeof keptConnectionsSchema>>
