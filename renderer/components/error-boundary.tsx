import { Component, type ReactNode } from 'react'
import type { Failure } from '../../analytics/contract/result'
import { FailureNotice } from './failure-notice'

interface ErrorBoundaryProps {
  readonly name: string
  readonly children: ReactNode
}

interface ErrorBoundaryState {
  readonly failure: Failure | null
}

/** Around each panel, so that one which breaks leaves the others standing. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { failure: null }

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return {
      failure: {
        code: 'panel-broke',
        message: 'This part of the screen could not be drawn.',
        hint: 'The other parts and the data are not affected. Try again, or copy the details into a report.',
        details: error instanceof Error ? (error.stack ?? error.message) : String(error),
      },
    }
  }

  override render(): ReactNode {
    if (this.state.failure === null) return this.props.children
    const failure = { ...this.state.failure, message: `“${this.props.name}” could not be drawn.` }
    return <FailureNotice failure={failure} onRetry={() => this.setState({ failure: null })} />
  }
}
