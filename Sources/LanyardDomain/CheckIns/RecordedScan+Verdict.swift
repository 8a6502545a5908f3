extension RecordedScan {
  /// A new scan with its answer, as it will be on record.
  ///
  /// - Parameters:
  ///   - override: Is kept where it was what let the person in.
  ///   - missedExit: Is kept where the person is out.
  package init(
    _ verdict: Verdict,
    id: UUIDBytes,
    door: Door,
    plan: VenuePlan,
    attendee: Attendee?,
    scannedAt: Instant,
    receivedAt: Instant,
    reporter: Reporter?,
    override: OverrideNote?,
    missedExit: OverrideNote? = nil
  ) {
    let refusal = verdict.decision.refusal
    self.init(
      id: id,
      checkpoint: CheckpointAddress(event: door.eventSlug, checkpoint: door.checkpoint.id),
      timeZone: door.checkpoint.timeZone,
      answer: verdict.decision.mapRefusal(\.reason),
      direction: verdict.direction,
      attendee: attendee,
      session: door.session?.session.id,
      scannedAt: scannedAt,
      receivedAt: receivedAt,
      earlier: refusal?.earlier.flatMap { Earlier($0.checkpoint, at: $0.admittedAt, plan) },
      opensAt: refusal?.opensAt,
      admittedHere: refusal?.admittedHere ?? [],
      admittedParticipations: refusal?.admittedParticipations ?? [],
      terms: plan.event.terms,
      reporter: reporter,
      isDoubleReading: verdict.isDoubleReading
    )
    if let refusal { explanation = Explanation(refusal, plan) }
    if let reason = verdict.overridden, let override {
      overridden = Overridden(reason: reason, note: override)
    }
    if case .left = verdict.decision { self.missedExit = missedExit }
  }
}

extension RecordedScan.Earlier {
  /// An admission before, with the name of its checkpoint; nil where the plan has that no more.
  package init?(_ key: Key<Checkpoint>, at admittedAt: Instant, _ plan: VenuePlan) {
    guard let checkpoint = plan.checkpoints[key] else { return nil }
    self.init(checkpoint: checkpoint.id, displayName: checkpoint.displayName, admittedAt: admittedAt)
  }
}
