import Synchronization

/// What screens and dashboards show: what each was told, put together from the messages of its call.
final class ToldHeadcounts: Sendable {
  /// What one of them shows.
  struct View: Sendable, Hashable {
    /// Whether it watches all of the event, and who is inside anywhere.
    var isDashboard = false
    /// By resource name of the checkpoint.
    var counts: [String: Record.Count] = [:]
    var peopleInside = 0

    /// In what it differs from the counts of an event, in words.
    ///
    /// - Parameter name: Of a checkpoint, for people.
    func differences(from record: Record, _ name: (String) -> String) -> [String] {
      let who = isDashboard ? "A dashboard" : "A screen"
      var differences = counts.sorted { $0.key < $1.key }.compactMap { checkpoint, told -> String? in
        let count = record.counts[checkpoint] ?? Record.Count(inside: 0, admitted: 0)
        guard (told.inside, told.admitted) != (count.inside, count.admitted) else { return nil }
        return
          "\(who) was last told \(told.inside) inside and \(told.admitted) admitted at \(name(checkpoint)), which counts "
          + "\(count.inside) and \(count.admitted)"
      }
      if isDashboard, peopleInside != record.peopleInside {
        differences.append(
          "\(who) was last told \(peopleInside) people inside anywhere; \(record.peopleInside) are counted"
        )
      }
      return differences
    }
  }

  private let views = Mutex<[Int: View]>([:])

  /// What is shown now by all who are told anything.
  var all: [View] { views.withLock { $0.sorted { $0.key < $1.key }.map(\.value) } }

  /// A watcher was told something new.
  func take(_ message: HeadcountMessage, watcher: Int, isDashboard: Bool) {
    views.withLock { views in
      var view = message.isSnapshot ? View() : views[watcher] ?? View()
      view.isDashboard = isDashboard
      view.peopleInside = message.peopleInside
      for (checkpoint, count) in message.counts { view.counts[checkpoint] = count }
      views[watcher] = view
    }
  }

  /// A watcher's call has ended, and it shows that it knows nothing.
  func forget(watcher: Int) { views.withLock { $0[watcher] = nil } }
}
