import LanyardMessages

/// Why a server records nothing of anybody.
enum RecordingFault {
  case diskFull
  case storeGone
  case storeUnusable

  /// Nil where a server gives another reason for not recording.
  init?(_ reason: ErrorReason) {
    switch reason {
    case .diskFull: self = .diskFull
    case .storeGone: self = .storeGone
    case .storeUnusable: self = .storeUnusable
    default: return nil
    }
  }

  /// Whether the scan may turn out to be recorded all the same, as where the file that was moved away comes back.
  var mayHaveRecorded: Bool { self != .diskFull }
  /// Whether trying again at once is in vain.
  var lasts: Bool { self != .storeGone }
}
