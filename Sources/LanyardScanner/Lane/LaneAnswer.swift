package import LanyardAPI
package import LanyardDomain
import LanyardMessages
package import LanyardTexts

/// What an operator is shown for one reading.
package struct LaneAnswer: Sendable {
  /// What came of the reading.
  package enum Outcome: Sendable {
    case decided(Lanyard_V1_CheckIn)
    /// It could not be decided, and nobody may go in on it.
    case failed(Failure)
  }

  /// Why a reading could not be decided.
  package struct Failure: Hashable, Sendable {
    /// What programs read: the reason of the server's error as it came, or one of the device's own, which are below.
    package let reason: String
    /// What the operator reads.
    package let sentence: Sentence

    /// The server has answered in a way that this version does not know.
    static let needsUpdate = Failure(reason: "NEEDS_UPDATE", Sentence(.laneAnswerNeedsUpdate))

    /// The organiser has revoked the device.
    static let revoked = Failure(reason: ErrorReason.deviceRevoked.rawValue, Sentence(.errorDeviceRevoked))

    /// The server answers and does not let the lane in.
    static func notLetIn(_ why: Sentence) -> Failure { Failure(reason: "NOT_LET_IN", why) }

    /// The device alone had to answer, and could not.
    static func offline(_ why: Sentence) -> Failure { Failure(reason: "OFFLINE", why) }

    package init(reason: String, _ sentence: Sentence) {
      self.reason = reason
      self.sentence = sentence
    }
  }

  package let reading: LaneSession.Reading
  package let outcome: Outcome
  /// Whether the device answered by itself.
  package let isOffline: Bool
  /// What the event calls its groups and roles, as far as the device knows.
  package var terms = EventTerms.none
  /// Whether the device cannot read who the person is and what is to be seen to, though it has that of the badge.
  package var isPersonUnread = false

  package init(reading: LaneSession.Reading, outcome: Outcome, isOffline: Bool) {
    self.reading = reading
    self.outcome = outcome
    self.isOffline = isOffline
  }

  /// The scan with its answer, where it was decided.
  package var checkIn: Lanyard_V1_CheckIn? {
    if case .decided(let checkIn) = outcome { checkIn } else { nil }
  }

  /// When the person was admitted last, refused here as being inside, of whom an operator says that they went out since; nil
  /// where the refusal names no admission.
  ///
  /// - Throws: `InvalidInput` where it names one at a moment that is none.
  func missedExitAfter() throws(InvalidInput) -> Instant? {
    guard let checkIn, let earlier = try RecordedScan.Earlier(of: checkIn) else { return nil }
    return earlier.missedExitAfter(isOffline: isOffline)
  }
}

/// How a lane stands with its server.
package enum LaneState: Hashable, Sendable {
  /// The server has not answered yet.
  case connecting
  case online
  /// The server is back, and gets what was scanned meanwhile.
  case uploading(waiting: Int)
  /// Answers come from the roster on the device, since then by the server's clock.
  case offline(since: Instant, waiting: Int)
  /// The server answers and does not let this lane in, for this reason: nobody is let in until it does.
  case refused(Sentence)
  /// The organiser has revoked the device; its roster is erased.
  case revoked
}
