/// What the lanes that a fault hits noticed of it, from its beginning until all of them were live again.
struct FaultEffect {
  /// What was under way when the fault began shows it too.
  private static let lead = Duration.seconds(2)

  /// The longest that a lane gave no answer; an error is none.
  private(set) var silence = Duration.zero
  /// The longest that one lane was without the server: from the first scan that the server did not answer to the next
  /// answer of the server.
  private(set) var withoutServer = Duration.zero
  /// How many scans lanes answered by themselves.
  private(set) var offline = 0
  /// When every lane that scanned afterwards was live again; nil where one never was, and where none scanned.
  private(set) var recovered: Duration?
  /// How many lanes scanned afterwards.
  private(set) var lanesAfter = 0

  /// - Parameters:
  ///   - kind: What broke; what other lanes noticed meanwhile is of something else. Nil looks at all lanes.
  ///   - observations: Every scan of the run.
  ///   - length: When nothing was measured any more.
  init(
    _ kind: ScheduledFault.Kind?,
    from began: Duration,
    to ended: Duration,
    _ observations: [Observation],
    length: Duration
  ) {
    let hit = kind?.lanes.map { Set($0) }
    let seen = observations.filter { $0.due >= began - Self.lead && hit?.contains($0.lane) ?? true }
    let lanes = Dictionary(grouping: seen, by: \.lane)
      .mapValues { $0.sorted { $0.due < $1.due } }
    var (last, isRecovered) = (ended, true)
    for scans in lanes.values where scans.contains(where: { $0.due >= ended }) {
      let live = scans.lazy.filter { $0.due >= ended && $0.isLive }.compactMap(\.answered).min()
      if let live { last = max(last, live) } else { isRecovered = false }
      lanesAfter += 1
    }
    recovered = isRecovered && lanesAfter > 0 ? last : nil
    for scans in lanes.values {
      var since: Duration?
      for (scan, wait) in zip(scans, LaneSilence.waits(scans, until: length)) where scan.due < recovered ?? length {
        silence = max(silence, wait)
        if case .answered(_, true) = scan.outcome { offline += 1 }
        guard scan.isLive else {
          since = since ?? scan.due
          continue
        }
        if let start = since { withoutServer = max(withoutServer, (scan.answered ?? length) - start) }
        since = nil
      }
      if let since {
        let end = scans.lazy.filter { $0.due > since && $0.isLive }.compactMap(\.answered).min()
        withoutServer = max(withoutServer, (end ?? length) - since)
      }
    }
  }
}
