import { z } from 'zod'
import { instantSchema } from './values'

const idSchema = z.string().regex(/^[a-z0-9-]{1,64}$/)

const nameSchema = z
  .string()
  .max(120)
  .refine((name) => name.trim() === name && name !== '', {
    error: 'a view needs a name without spaces around it',
  })

/** What stands in the address behind the area: the whole view, as the screen wrote it. */
const stateSchema = z
  .record(z.string().min(1).max(40), z.string().max(16_000))
  .refine((state) => JSON.stringify(state).length <= 20_000, { error: 'a view is at most 20,000 characters' })

export const savedViewSchema = z.strictObject({
  id: idSchema,
  /** The screen it belongs to. */
  area: z.string().regex(/^[a-z-]{1,40}$/),
  name: nameSchema,
  state: stateSchema,
  /** Stands in the rail, under its screen. */
  pinned: z.boolean(),
  /** What its screen opens with; at most one a screen. */
  isDefault: z.boolean(),
  changedAt: instantSchema,
})
export type SavedView = Readonly<z.infer<typeof savedViewSchema>>

/** Without an id it is a new one. */
export const viewDraftSchema = savedViewSchema.omit({ id: true, changedAt: true }).extend({
  id: idSchema.optional(),
})
export type ViewDraft = Readonly<z.infer<typeof viewDraftSchema>>

export const viewReferenceSchema = z.strictObject({ id: idSchema })
export type ViewReference = Readonly<z.infer<typeof viewReferenceSchema>>

export const savedViewsSchema = z.strictObject({ views: z.array(savedViewSchema) })
export type SavedViews = Readonly<z.infer<typeof savedViewsSchema>>
