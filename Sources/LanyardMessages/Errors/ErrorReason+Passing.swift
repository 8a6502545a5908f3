package import GRPCCore

extension ErrorReason {
  /// Whether the same call or scan may succeed later, though nothing of it is changed.
  package var isPassing: Bool {
    switch self {
    // What is too large stays too large, and what another has changed is to be read again.
    case .requestTooLarge, .headersTooLarge, .etagMismatch: false
    default: code.isPassing
    }
  }
}

extension RPCError.Code {
  /// The same, where no reason says more.
  package var isPassing: Bool {
    switch self {
    case .unavailable, .resourceExhausted, .aborted, .cancelled, .deadlineExceeded: true
    default: false
    }
  }
}
