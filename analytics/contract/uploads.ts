import { z } from 'zod'

/** Where a file lay in what was dropped: names with `/` between them, none of which leads anywhere else. */
export const uploadPathSchema = z
  .string()
  .min(1)
  .max(1_024)
  .refine((path) => !/\p{Cc}|\\/u.test(path), 'a path has no control characters and no backslashes')
  .refine(
    (path) => path.split('/').every((name) => name !== '' && name !== '.' && name !== '..'),
    'a path does not begin or end with a slash and has no . or .. in it',
  )

export const uploadRequestSchema = z.strictObject({
  files: z
    .array(
      z.strictObject({
        path: uploadPathSchema,
        bytes: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER),
      }),
    )
    .min(1)
    .max(5_000),
})
export type UploadRequest = Readonly<z.infer<typeof uploadRequestSchema>>

export const uploadReferenceSchema = z.strictObject({ id: z.string().min(1).max(64) })
export type UploadReference = Readonly<z.infer<typeof uploadReferenceSchema>>
