package import LanyardTexts

/// Why a scan is kept that the server did not take, as a journal has it: in the server's words, or the device's own.
package enum KeptReason {
  /// The word of a journal for an entry that cannot be read.
  static let damaged = "damaged"

  /// What an operator is told.
  package static func sentence(_ reason: String) -> Sentence {
    reason == damaged ? Sentence(.keptDamaged) : .told(reason)
  }
}
