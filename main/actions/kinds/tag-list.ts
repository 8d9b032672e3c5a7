import { z } from 'zod'

/** As EC2 and most services write them. */
export const tagListSchema = z.array(z.object({ Key: z.string(), Value: z.string().default('') })).default([])
export type TagList = z.infer<typeof tagListSchema>
