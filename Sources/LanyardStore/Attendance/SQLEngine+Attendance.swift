package import LanyardDomain

extension SQLEngine {
  package func attendance(
    of event: String,
    checkpoint: String?,
    at now: Instant
  ) async throws(StoreError) -> AttendanceCounts {
    try await survey { session in
      let plan = try plans(session).plan(of: event)
      var headcount = try Headcount(session, plan, at: now)
      let chosen = try headcount.checkpoints().filter { checkpoint == nil || plan.checkpoints[$0]?.id == checkpoint }
      if let checkpoint, chosen.isEmpty { throw StoreError.notFound(.checkpoint(checkpoint, of: event)) }
      return AttendanceCounts(
        timeZone: plan.event.timeZone,
        checkpoints: try chosen.compactMap { try headcount.counts(of: $0) },
        peopleInside: try headcount.peopleInside()
      )
    }
  }
}
