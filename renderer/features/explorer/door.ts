import { writeRoute } from '../../app/route'
import { writeAddress } from './address'
import { type ExplorerState, startState } from './state'

/** The address of a question in Explorer, for figures of other screens: a figure is a door to where it comes from. */
export function explorerDoor(question: Partial<ExplorerState>): string {
  return writeRoute('explorer', writeAddress({ ...startState, ...question }))
}
