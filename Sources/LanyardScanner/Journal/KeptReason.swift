package import LanyardAPI
import LanyardMessages
package import LanyardTexts

/// Why an entry is kept that the server did not take.
package enum KeptReason: Hashable, Sendable {
  /// It cannot be read, so that it was never sent.
  case damaged
  /// What the server said of it.
  case refused(Lanyard_V1_ScanError)
  /// What the server said, of which an earlier version kept the text alone.
  case told(String)

  /// What an operator is told: in their own language where it is one of the reasons that a sentence without facts has, else in
  /// the server's words.
  package var sentence: Sentence {
    switch self {
    case .damaged: Sentence(.keptDamaged)
    case .told(let text): .told(text)
    case .refused(let error):
      switch error.known {
      case .scanIDReused: Sentence(.errorScanIDReused)
      case .scanTakenBack: Sentence(.errorScanTakenBack)
      case .missedExitNotAllowed: Sentence(.errorMissedExitDenied)
      default: .told(error.message)
      }
    }
  }

  /// In the server's words; empty of what was never sent.
  package var text: String {
    switch self {
    case .damaged: ""
    case .refused(let error): error.message
    case .told(let text): text
    }
  }

  /// The whole of what the server said, where it is kept.
  package var error: Lanyard_V1_ScanError? {
    if case .refused(let error) = self { error } else { nil }
  }
}
