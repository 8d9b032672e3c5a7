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

const sentenceSchema = z.string().max(2_000)
const permissionSchema = z.string().max(128)

/** How a profile gets its credentials. */
export const connectionKindSchema = z.enum([
  /** Whatever the machine offers: environment, default profile, role of the machine. */
  'default',
  'static',
  'role',
  'sso',
  /** Of `aws login`. */
  'login',
  'process',
  'web-identity',
  /** Nothing in the AWS files says how. */
  'unknown',
  'kept-keys',
  'kept-role',
])
export type ConnectionKind = z.infer<typeof connectionKindSchema>

/** What a connection may be used for, and what is missing without it. */
export const abilitySchema = z.strictObject({
  area: z.enum(['scan', 'organisation', 'change']),
  /** Service and part of the scan, or the kind of change. */
  name: z.string().max(100),
  title: z.string().max(200),
  state: z.enum(['allowed', 'denied', 'unknown']),
  /** The permissions that were refused. */
  missing: z.array(permissionSchema).max(100),
  /** What there is not, without them. */
  without: sentenceSchema,
})
export type Ability = Readonly<z.infer<typeof abilitySchema>>

/** What a look at AWS found out about a connection. */
export const connectionCheckSchema = connectionReferenceSchema.extend({
  at: instantSchema,
  account: accountIdSchema,
  /** Who it is there. */
  identity: z.string().max(2_048),
  /** Told by IAM's own simulation, or tried out with calls that read or that are dry. */
  method: z.enum(['simulated', 'tried']),
  /** What limits the answer, in words. */
  notes: z.array(sentenceSchema).max(20),
  abilities: z.array(abilitySchema).max(200),
})
export type ConnectionCheck = Readonly<z.infer<typeof connectionCheckSchema>>

export const keptConnectionsSchema = z.strictObject({
  kept: z.array(keptConnectionSchema),
  /** Every connection that writing is on for. */
  writing: z.array(writingSchema),
  checks: z.array(connectionCheckSchema),
})
export type KeptConnections = Readonly<z.infer<typeof keptConnectionsSchema>>

/** How far a single sign-on lasts; told from the files of the AWS command line, without asking anybody. */
export const signInSchema = z.strictObject({
  state: z.enum(['signed-in', 'renews-itself', 'expired', 'never']),
  until: instantSchema.nullable(),
  /** What signs in (again). */
  command: z.string().max(1_000),
})
export type SignIn = Readonly<z.infer<typeof signInSchema>>

export const connectionSchema = connectionReferenceSchema.extend({
  kind: connectionKindSchema,
  /** Where its credentials come from, in words; never anything of them. */
  origin: sentenceSchema,
  account: accountIdSchema.nullable(),
  accountName: z.string().max(200),
  region: z.string().max(100).nullable(),
  /** The device whose code is asked for. */
  mfaDevice: z.string().max(400).nullable(),
  signIn: signInSchema.nullable(),
  writing: z.boolean(),
  writingSince: instantSchema.nullable(),
  /** What keeps it from working, as far as the files tell, and the next step. */
  trouble: z.strictObject({ message: sentenceSchema, hint: sentenceSchema }).nullable(),
  /** How it came out when it was last checked. */
  check: connectionCheckSchema.nullable(),
})
export type AwsConnection = Readonly<z.infer<typeof connectionSchema>>

export const connectionsSchema = z.strictObject({
  connections: z.array(connectionSchema),
  /** The AWS files that were read. */
  files: z.array(z.string().max(4_096)).max(2),
})
export type AwsConnections = Readonly<z.infer<typeof connectionsSchema>>

/** Whether keys can be kept on this machine. */
export const keyStoreSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ready'), backend: z.string().max(100) }),
  z.strictObject({ kind: z.enum(['no-store', 'locked']), reason: sentenceSchema, hint: sentenceSchema }),
])
export type KeyStore = Readonly<z.infer<typeof keyStoreSchema>>

const noSpaces = /^\S+$/

/** The only message that ever holds a secret; nothing of it is answered, logged or written to a file. */
export const saveKeysSchema = z.strictObject({
  name: keptNameSchema,
  accessKeyId: z.string().regex(/^[A-Z0-9]{16,128}$/, 'a key id has 16 or more capital letters and digits'),
  secretAccessKey: z.string().min(16).max(256).regex(noSpaces, 'a secret key has no spaces'),
  sessionToken: z.string().min(16).max(16_384).regex(noSpaces, 'a session token has no spaces').optional(),
  region: regionNameSchema.nullable(),
  /** Exchanges the keys of the connection of that name. */
  replaces: z.boolean().optional(),
  /** Saves them without asking AWS whose they are. */
  untested: z.boolean().optional(),
})
export type SaveKeys = Readonly<z.infer<typeof saveKeysSchema>>

export const keptRemovedSchema = keptReferenceSchema.extend({
  /** What is left to do by hand, where there is something. */
  note: sentenceSchema.nullable(),
})
export type KeptRemoved = Readonly<z.infer<typeof keptRemovedSchema>>

export const membersRequestSchema = connectionReferenceSchema.extend({
  role: roleNameSchema,
  externalId: externalIdSchema.nullable(),
})
export type MembersRequest = Readonly<z.infer<typeof membersRequestSchema>>

/** An account of the organisation, and whether the role can be taken on there. */
export const memberSchema = z.strictObject({
  account: accountIdSchema,
  accountName: z.string().max(200),
  /** What the connection is called when it is added. */
  name: keptNameSchema,
  state: z.enum(['works', 'refused', 'suspended', 'own']),
  /** Why not, and the next step. */
  trouble: z.strictObject({ message: sentenceSchema, hint: sentenceSchema }).nullable(),
  isKept: z.boolean(),
})
export type Member = Readonly<z.infer<typeof memberSchema>>
export const membersSchema = z.strictObject({ members: z.array(memberSchema) })
export type Members = Readonly<z.infer<typeof membersSchema>>

export const saveMembersSchema = membersRequestSchema.extend({
  accounts: z
    .array(z.strictObject({ account: accountIdSchema, accountName: z.string().max(200) }))
    .min(1)
    .max(5_000),
  region: regionNameSchema.nullable(),
})
export type SaveMembers = Readonly<z.infer<typeof saveMembersSchema>>
export const membersSavedSchema = z.strictObject({ kept: z.array(keptConnectionSchema) })
export type MembersSaved = Readonly<z.infer<typeof membersSavedSchema>>

/** A policy with what it takes and nothing more, ready to paste. */
export const connectionPolicySchema = z.strictObject({
  /** `scan`, `organisation`, or the kind of a change. */
  name: z.string().max(100),
  title: z.string().max(200),
  changes: z.boolean(),
  permissions: z.array(permissionSchema).max(300),
  policy: z.string().max(20_000),
  notes: z.array(sentenceSchema).max(10),
})
export type ConnectionPolicy = Readonly<z.infer<typeof connectionPolicySchema>>
export const connectionPoliciesSchema = z.strictObject({ policies: z.array(connectionPolicySchema) })
export type ConnectionPolicies = Readonly<z.infer<typeof connectionPoliciesSchema>>
