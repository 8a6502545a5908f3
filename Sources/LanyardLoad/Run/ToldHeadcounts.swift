import Synchronization

/// What screens and dashboards show: what each was told, put together from the messages of its call.
final class ToldHeadcounts: Sendable {
  /// What one of them was told.
  struct View: Sendable, Hashable {
    /// By resource name of the checkpoint.
    var counts: [String: Record.Count] = [:]
    var peopleInside = 0
  }

  /// One of them, and what it shows.
  struct Watcher: Sendable, Hashable {
    /// Resource name of the checkpoint whose headcount it has to show; nil for a dashboard, which has to show all of the event.
    var checkpoint: String?
    /// Nil where it shows nothing.
    var view: View?
    /// Whether it shows nothing because its calls failed, which the run counts among what failed.
    var isReported = false

    /// In what it differs from the counts of an event, in words.
    ///
    /// - Parameter name: Of a checkpoint, for people.
    func differences(from record: Record, _ name: (String) -> String) -> [String] {
      let who = checkpoint == nil ? "A dashboard" : "A screen"
      guard let view else {
        return isReported ? [] : ["\(who) was told nothing of \(checkpoint.map(name) ?? "the event")"]
      }
      // Where nobody ever was, nothing is shown too.
      let owed = record.counts.filter {
        $0.key == checkpoint ?? $0.key && ($0.value.inside, $0.value.admitted) != (0, 0)
      }
      var differences = Set(view.counts.keys).union(owed.keys).sorted().compactMap { checkpoint -> String? in
        let count = record.counts[checkpoint] ?? Record.Count(inside: 0, admitted: 0)
        guard let told = view.counts[checkpoint] else {
          return
            "\(who) was told nothing of \(name(checkpoint)), which counts \(count.inside) inside and \(count.admitted) admitted"
        }
        guard (told.inside, told.admitted) != (count.inside, count.admitted) else { return nil }
        return
          "\(who) was last told \(told.inside) inside and \(told.admitted) admitted at \(name(checkpoint)), which counts "
          + "\(count.inside) and \(count.admitted)"
      }
      if checkpoint == nil, view.peopleInside != record.peopleInside {
        differences.append(
          "\(who) was last told \(view.peopleInside) people inside anywhere; \(record.peopleInside) are counted"
        )
      }
      return differences
    }
  }

  /// A count of people admitted at a door, and when somebody was first told it.
  struct Change: Sendable {
    let at: Duration
    let admitted: Int
  }

  typealias Changes = [Change]

  /// Who watches, and what they were told of each door, by its resource name.
  struct Told: Sendable {
    /// As of `Watcher`.
    let checkpoint: String?
    let changes: [String: Changes]
    /// Whether there was more than is kept.
    var isCut = false
  }

  /// The most changes that are kept of all watchers, some 100 MB.
  private static let changeLimit = 4_000_000

  private struct Log {
    /// By watcher and door.
    var changes: [Int: [String: Changes]] = [:]
    var count = 0

    mutating func add(_ message: HeadcountMessage, watcher: Int, at moment: Duration) {
      for (checkpoint, count) in message.counts where self.count < changeLimit {
        guard changes[watcher]?[checkpoint]?.last?.admitted != count.admitted else { continue }
        changes[watcher, default: [:]][checkpoint, default: []].append(Change(at: moment, admitted: count.admitted))
        self.count += 1
      }
    }
  }

  private struct State {
    var view: View?
    var isReported = false
  }

  private let states = Mutex<[Int: State]>([:])
  private let log = Mutex(Log())

  /// What a watcher shows now.
  ///
  /// - Parameter checkpoint: What it has to show; nil for a dashboard.
  func watcher(_ number: Int, of checkpoint: String?) -> Watcher {
    let state = states.withLock { $0[number] } ?? State()
    return Watcher(checkpoint: checkpoint, view: state.view, isReported: state.isReported)
  }

  /// The server has taken a watcher's call: from now on it owes it an answer.
  func begin(watcher: Int) { states.withLock { $0[watcher, default: State()].isReported = false } }

  /// All that a watcher was told by now.
  ///
  /// - Parameter checkpoint: What it has to show; nil for a dashboard.
  func told(_ number: Int, of checkpoint: String?) -> Told {
    log.withLock { log in
      Told(checkpoint: checkpoint, changes: log.changes[number] ?? [:], isCut: log.count >= Self.changeLimit)
    }
  }

  /// A watcher was told something new.
  ///
  /// - Parameter moment: From the start of the run.
  func take(_ message: HeadcountMessage, watcher: Int, at moment: Duration) {
    log.withLock { $0.add(message, watcher: watcher, at: moment) }
    states.withLock { states in
      var view = message.isSnapshot ? View() : states[watcher]?.view ?? View()
      view.peopleInside = message.peopleInside
      for (checkpoint, count) in message.counts { view.counts[checkpoint] = count }
      states[watcher] = State(view: view)
    }
  }

  /// A watcher's call has failed, and it shows that it knows nothing.
  ///
  /// - Parameter isReported: Whether that is counted among what failed.
  func forget(watcher: Int, isReported: Bool) {
    states.withLock { states in
      let wasReported = states[watcher]?.isReported ?? false
      states[watcher] = State(isReported: isReported || wasReported)
    }
  }
}
