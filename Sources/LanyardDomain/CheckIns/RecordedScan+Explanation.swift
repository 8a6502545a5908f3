extension RecordedScan {
  /// What is known of a refusal beside its reason and its moments.
  package struct Explanation: Hashable, Sendable {
    /// Another way in.
    package struct Door: Hashable, Sendable {
      /// Resource id.
      package let checkpoint: String
      package let displayName: String

      package init(checkpoint: String, displayName: String) {
        (self.checkpoint, self.displayName) = (checkpoint, displayName)
      }
    }

    /// A later session that is for the person.
    package struct NextSession: Hashable, Sendable {
      /// Resource id.
      package let session: String
      package let title: LocalizedText
      /// From when the door leads to it.
      package let opensAt: Instant

      package init(session: String, title: LocalizedText, opensAt: Instant) {
        (self.session, self.title, self.opensAt) = (session, title, opensAt)
      }
    }

    package static let none = Explanation()

    /// How often, or on how many days, the person may be admitted, where that is used up.
    package var used: EntryLimit?
    package var nextSession: NextSession?
    /// Other ways in that are open and for the person.
    package var doors: [Door] = []

    package init() {}

    /// What a refusal says of it.
    package init(_ refusal: Refusal, _ plan: VenuePlan) {
      used = refusal.used
      nextSession = refusal.help?.nextSession.map {
        NextSession(session: $0.session.id, title: $0.session.title, opensAt: $0.opensAt)
      }
      doors = (refusal.help?.doors ?? []).compactMap { plan.checkpoints[$0] }.map {
        Door(checkpoint: $0.id, displayName: $0.displayName)
      }
    }
  }
}
