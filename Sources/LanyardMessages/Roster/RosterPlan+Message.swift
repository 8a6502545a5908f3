package import BadgeCodes
package import LanyardAPI
package import LanyardDomain

/// What a roster says of its event: enough for a device to decide by itself.
package struct RosterPlan: Sendable {
  package let event: Event
  package let checkpoints: [Checkpoint]
  package let sessions: [Session]
  package let verificationKeys: [VerificationKey]
  package let isRehearsal: Bool

  /// - Throws: `InvalidInput` where any of it is not known to this version.
  package init(_ message: Lanyard_V1_RosterPlan) throws(InvalidInput) {
    try RosterRule.check(message.rules, field: "rules")
    event = try Event(message.event, under: "event.")
    checkpoints = try Self.all(message.checkpoints, "checkpoints", Checkpoint.init(_:under:))
    sessions = try Self.all(message.sessions, "sessions", Session.init(_:under:))
    verificationKeys = try Self.all(message.verificationKeys, "verification_keys", VerificationKey.init(_:under:))
    isRehearsal = message.rehearsal
  }

  private static func all<Message, Value>(
    _ messages: [Message],
    _ field: String,
    _ read: (Message, String) throws(InvalidInput) -> Value
  ) throws(InvalidInput) -> [Value] {
    var values: [Value] = []
    for (index, message) in messages.enumerated() { values.append(try read(message, "\(field)[\(index)].")) }
    return values
  }
}

extension Lanyard_V1_RosterPlan {
  package init(_ plan: VenuePlan, keys: [VerificationKey], isRehearsal: Bool) {
    self.init()
    let slug = plan.event.slug
    event = Lanyard_V1_Event(plan.event)
    checkpoints = plan.checkpoints.values.sorted { $0.id < $1.id }.map { Lanyard_V1_Checkpoint($0, of: slug) }
    sessions = plan.allSessions.map { record in
      var session = record.session
      // No door needs it, and devices get lost.
      session.stream = ""
      return Lanyard_V1_Session(session, of: slug)
    }
    verificationKeys = keys.map { Lanyard_V1_VerificationKey($0) }
    rehearsal = isRehearsal
    rules = plan.rules.map(\.wire)
  }
}
