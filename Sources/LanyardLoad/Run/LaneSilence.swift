/// How long lanes gave no answer while somebody stood there. An error, such as `OFFLINE`, is no answer: nobody was let in by it, and
/// no rule refused them.
enum LaneSilence {
  /// The longest of any lane; nil where nobody scanned.
  ///
  /// - Parameter length: When nothing was measured any more.
  static func longest(_ observations: [Observation], until length: Duration) -> Duration? {
    Dictionary(grouping: observations, by: \.lane).values
      .compactMap { scans in waits(scans.sorted { $0.due < $1.due }, until: length).max() }.max()
  }

  /// How long each scan of one lane waited: until its answer, or where it had none, until the lane next answered somebody who came
  /// later.
  ///
  /// - Parameter scans: In the order in which they were due.
  static func waits(_ scans: [Observation], until length: Duration) -> [Duration] {
    var waits: [Duration] = []
    waits.reserveCapacity(scans.count)
    var next: Duration?
    for scan in scans.reversed() {
      let answered = scan.isAnswered ? scan.answered : nil
      waits.append((answered ?? next ?? length) - scan.due)
      if let answered { next = min(next ?? answered, answered) }
    }
    return waits.reversed()
  }
}
