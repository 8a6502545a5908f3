extension Change {
  /// Those who are confirmed are to be reminded of an event.
  ///
  /// - Parameter moment: When the event says that they are.
  package static func reminded(_ event: String, at moment: Instant) -> Change {
    Change(
      .eventReminded,
      of: event,
      to: ResourceName.event(event),
      after: ["reminds_at": .moment(moment)]
    )
  }

  /// A mail is tried again.
  ///
  /// - Parameter mail: As it was before.
  package static func retried(_ mail: Mail) -> Change {
    Change(
      .mailRetried,
      of: mail.event,
      to: mail.name,
      before: ["state": .word(mail.state.rawValue)],
      after: ["state": .word(MailState.waiting.rawValue), "kind": .word(mail.kind.rawValue)]
    )
  }
}
