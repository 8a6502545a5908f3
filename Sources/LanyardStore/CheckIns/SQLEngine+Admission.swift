package import LanyardDomain

extension SQLEngine {
  package func admit(
    _ act: Act,
    _ scans: [SubmittedScan],
    begun: @escaping @Sendable () -> Void,
    reader: @escaping @Sendable (String) -> CodeReading?
  ) async throws(StoreError) -> [ScanOutcome] {
    try await recordScans(act, of: .events(Self.events(scans))) { session, trail in
      begun()
      var batch = try AdmissionBatch(
        session,
        plans: plans(session),
        at: trail.moments(),
        reader: reader
      )
      return try batch.admit(scans, trail)
    } apart: { session, trail in
      let plans = try plans(session)
      let moments = try trail.moments()
      return try scans.map { scan in
        try trail.apart {
          var batch = try AdmissionBatch(session, plans: plans, at: moments, reader: reader)
          return try batch.admit([scan], trail)[0]
        } refused: {
          .failed($0)
        }
      }
    }
  }

  /// Slugs of the events that scans are of.
  private static func events(_ scans: [SubmittedScan]) -> [String] {
    var events: [String] = []
    for scan in scans where scan.checkpoint.event != events.last && !events.contains(scan.checkpoint.event) {
      events.append(scan.checkpoint.event)
    }
    return events
  }

  package func simulate(
    _ scan: SubmittedScan,
    at now: Instant,
    reader: @escaping @Sendable (String) -> CodeReading
  ) async throws(StoreError) -> ScanOutcome {
    try await read { session in
      var batch = try AdmissionBatch(session, plans: plans(session), at: ActMoments(now), reader: reader)
      return try batch.simulate(scan)
    }
  }
}
