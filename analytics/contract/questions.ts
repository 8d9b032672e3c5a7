import { z } from 'zod'
import { instantSchema } from './values'

const common = {
  id: z.string().max(64),
  askedAt: instantSchema,
  /** Unanswered by then it is taken back, and the work that waits for it ends. */
  until: instantSchema.nullable(),
}

/** What the application has to ask a person, through whichever door one is. */
export const questionSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    ...common,
    kind: z.literal('mfa-code'),
    /** Serial or ARN of the multi-factor device. */
    device: z.string().max(400),
    profile: z.string().max(200).nullable(),
  }),
  z.strictObject({
    ...common,
    kind: z.literal('import'),
    /** Handed over by another start of the program or by the system; `picked:TOKEN` imports one. */
    items: z.array(z.strictObject({ token: z.string().max(64), label: z.string().max(4_096) })),
  }),
])
export type Question = Readonly<z.infer<typeof questionSchema>>

export const questionsSchema = z.strictObject({ questions: z.array(questionSchema) })

export const mfaCodeSchema = z.string().regex(/^\d{6}$/, 'the code of a device has six digits')

export const replySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('code'), code: mfaCodeSchema }),
  z.strictObject({ kind: z.literal('yes') }),
  z.strictObject({ kind: z.literal('no') }),
])
export type Reply = Readonly<z.infer<typeof replySchema>>

export const questionAnswerSchema = z.strictObject({ id: z.string().min(1).max(64), reply: replySchema })
export type QuestionAnswer = Readonly<z.infer<typeof questionAnswerSchema>>
