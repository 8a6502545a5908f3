import GRPCCore
import Histogram
import LanyardAPI
import LanyardClient
import LanyardDomain
import Synchronization

/// Takes down what a run sees while it goes on.
final class RunRecorder: Sendable {
  /// One kind of call, and what came of it.
  struct Timings: Sendable {
    /// Microseconds from when each was due to its answer.
    var times = Histogram<UInt32>(numberOfSignificantValueDigits: .three)
    /// How many of the times are of what nobody asked for: admissions that were shown by who watches, from their answers.
    var pushed = 0
    var errors: [String: Int] = [:]

    /// Calls that were answered.
    var answered: Int { Int(times.totalCount) - pushed }
    var failures: Int { errors.values.reduce(0, +) }

    mutating func add(_ time: Duration) { times.record(time) }

    mutating func add(_ other: Timings) {
      times.add(other.times)
      pushed += other.pushed
      errors.merge(other.errors, uniquingKeysWith: +)
    }
  }

  struct State: Sendable {
    var observations: [Observation] = []
    /// By phase and operation.
    var timings: [Int: [RunOperation: Timings]] = [:]
    /// How many were answered while each phase lasted, whenever they were due; by phase and operation.
    var carried: [Int: [RunOperation: Int]] = [:]
    /// Microseconds from when each scan was due to when it was sent, for the screen.
    var lateness = Histogram<UInt32>(numberOfSignificantValueDigits: .three)
    /// What happened when.
    var timeline = RunTimeline()
    /// Answers that no scan waited for, in words; so many of them at the most as an audit tells faults.
    var strays: [String] = []
    /// All of them.
    var strayCount = 0
    /// Every registration of the run, in the order in which they ended.
    var registrations: [MadeRegistration] = []
    /// People who registered during the run, and the badges that they got, by the index of the badge in the venue.
    var registered: [Int: (badge: Lanyard_V1_Badge, person: Venue.Person)] = [:]
    var answered = 0
    var failed = 0
    /// Why each lane ended that ended by itself, by its number.
    var laneEnds: [Int: String] = [:]
    /// How many registered on the spot and got no badge, since the event reviews or waitlists them.
    var withoutBadge = 0
    /// When registrations and badges that failed were due, and when that was known.
    var deskFailures: [(due: Duration, known: Duration)] = []

    /// By operation, of all phases together.
    var totals: [RunOperation: Timings] {
      timings.values.reduce(into: [:]) { totals, phase in
        for (operation, timings) in phase { totals[operation, default: Timings()].add(timings) }
      }
    }
  }

  /// The kind of error that an answer is which no scan waited for.
  static let stray = "UNEXPECTED_ANSWER"
  /// The kind of error that a scan is which never had any answer.
  static let noAnswer = "NO_ANSWER"
  /// The kind of error that a phase of a closed loop is which was given up.
  static let givenUp = "NOTHING_ANSWERED"
  /// The most answers that no scan waited for which are told in words.
  private static let strayLimit = Audit.told

  /// All that changes.
  private struct Taken {
    var began = ContinuousClock.now
    var hasBegun = false
    /// Whether calls beside the lanes' streams count no more.
    var isOver = false
    /// When each phase begins, in their order, and ends; one that ends when all is answered has no end yet.
    var phases: [(start: Duration, end: Duration?)] = []
    /// Who waits for what is under way at a lane.
    var endings: [Int: AsyncStream<Void>.Continuation] = [:]
    var endingCount = 0
    /// Watchers who were told something since that was last forgotten, by their numbers.
    var told: Set<Int> = []
    var state = State()

    func phase(at moment: Duration) -> Int { phases.lastIndex { $0.start <= moment } ?? 0 }

    /// An answer has come at this moment.
    mutating func noteAnswer(_ operation: RunOperation, at moment: Duration) {
      let phase = phase(at: moment)
      guard phases.indices.contains(phase), phases[phase].end.map({ moment < $0 }) ?? true else { return }
      state.carried[phase, default: [:]][operation, default: 0] += 1
    }

    mutating func noteError(_ kind: String, of operation: RunOperation, at moment: Duration) {
      state.timings[phase(at: moment), default: [:]][operation, default: Timings()].errors[kind, default: 0] += 1
    }
  }

  private let taken = Mutex(Taken())

  /// The moment that all times count from.
  var start: ContinuousClock.Instant { taken.withLock { $0.began } }
  var now: Duration { start.duration(to: .now) }

  /// Lets all times count from a moment.
  func begin(at moment: ContinuousClock.Instant) { taken.withLock { ($0.began, $0.hasBegun) = (moment, true) } }

  /// Whether it is told when the run begins, or began.
  var hasBegun: Bool { taken.withLock { $0.hasBegun } }

  /// A lane has ended though nobody ended it.
  func noteLaneEnd(_ lane: Int, _ words: String) { taken.withLock { $0.state.laneEnds[lane] = words } }

  /// Lanes that have ended by themselves.
  var endedLanes: Set<Int> { taken.withLock { Set($0.state.laneEnds.keys) } }

  /// Another phase begins at this moment.
  ///
  /// - Parameter end: Nil where it ends when everything was answered.
  func beginPhase(at moment: Duration, until end: Duration?) { taken.withLock { $0.phases.append((moment, end)) } }

  /// A scan was sent; it is late by what has passed since it was due.
  func noteSent(_ observation: Observation) {
    taken.withLock { taken in
      if let lateness = observation.lateness { taken.state.lateness.record(lateness) }
      taken.state.timeline.change(at: observation.due) { $0.due += 1 }
    }
  }

  /// A value for each scan of a lane, and each call that was to end in one, that comes to its end from now on.
  func endings(at lane: Int) -> AsyncStream<Void> {
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    taken.withLock { $0.endings[lane] = continuation }
    return stream
  }

  /// A call that was to end in a scan came to nothing.
  func noteEnded(at lane: Int) {
    let waiting = taken.withLock { taken in
      taken.endingCount += 1
      return taken.endings[lane]
    }
    waiting?.yield(())
  }

  /// How much has come to its end by now.
  var endingCount: Int { taken.withLock { $0.endingCount } }

  /// A closed loop was given up, since nothing ended any more.
  func noteGivenUp() {
    let now = now
    taken.withLock { $0.noteError(Self.givenUp, of: .checkIn, at: now) }
  }

  /// A scan has come to its end.
  func record(_ observation: Observation) {
    defer { noteEnded(at: observation.lane) }
    taken.withLock { taken in
      let phase = taken.phase(at: observation.due)
      taken.state.add(observation, phase)
      if case .answered(_, let isOffline) = observation.outcome, let answered = observation.answered {
        taken.noteAnswer(isOffline ? .offlineCheckIn : .checkIn, at: answered)
      }
    }
  }

  /// The measured time is over: only scans that wait for their answers are still taken down.
  func end() { taken.withLock { $0.isOver = true } }

  /// A call beside the lanes' streams has come to its end; false where that was after the measured time, and is not taken down.
  @discardableResult
  func record(_ operation: RunOperation, due: Duration, error: (any Error)? = nil) -> Bool {
    let now = now
    return taken.withLock { taken in
      if taken.isOver { return false }
      if let error {
        taken.noteError(Self.kind(of: error), of: operation, at: due)
        if [.register, .issueBadge].contains(operation) { taken.state.deskFailures.append((due, now)) }
      } else {
        taken.state.timings[taken.phase(at: due), default: [:]][operation, default: Timings()].add(now - due)
        taken.noteAnswer(operation, at: now)
      }
      return true
    }
  }

  /// A watcher was told something.
  func noteTold(watcher: Int) { _ = taken.withLock { $0.told.insert(watcher) } }

  /// From now on it counts anew who is told something.
  func forgetTold() { taken.withLock { $0.told = [] } }

  /// Watchers who were told something since that was forgotten.
  var toldCount: Int { taken.withLock { $0.told.count } }

  /// A lane has lost its stream.
  func noteBreak(_ error: any Error) {
    let now = now
    taken.withLock { $0.noteError(Self.kind(of: error), of: .stream, at: now) }
  }

  /// An answer has come that no scan waits for, as these words tell.
  func noteStray(_ words: String) {
    let now = now
    taken.withLock { taken in
      taken.noteError(Self.stray, of: .checkIn, at: now)
      taken.state.failed += 1
      taken.state.strayCount += 1
      if taken.state.strays.count < Self.strayLimit { taken.state.strays.append(words) }
    }
  }

  private static func kind(of error: any Error) -> String {
    if let error = error as? RPCError {
      let failure = CallFailure(error)
      return failure.reason.isEmpty ? "\(error.code)" : failure.reason
    }
    switch error {
    case is NotFoundByName: return "NOT_FOUND_BY_NAME"
    case is StreamEnded: return "ENDED_BY_THE_SERVER"
    default: return "\(type(of: error))"
    }
  }

  /// A registration has come to its end.
  func note(_ registration: MadeRegistration) { taken.withLock { $0.state.registrations.append(registration) } }

  func noteRegistered(_ index: Int, _ badge: Lanyard_V1_Badge, _ person: Venue.Person) {
    taken.withLock { $0.state.registered[index] = (badge, person) }
  }

  /// What has been taken down by now.
  func snapshot() -> State { taken.withLock { $0.state } }

  /// Somebody has registered on the spot, and gets no badge.
  func noteWithoutBadge() { taken.withLock { $0.state.withoutBadge += 1 } }

  /// How each operation went in one phase.
  func operations(inPhase phase: Int) -> [RunOperation: Timings] { taken.withLock { $0.state.timings[phase] ?? [:] } }

  /// The last whole seconds, for the screen.
  func lastSeconds(_ count: Int) -> [RunTimeline.Stretch] {
    let current = max(0, Int(now / .seconds(1)))
    return taken.withLock { $0.state.timeline.seconds(max(0, current - count)..<current) }
  }

  /// Calls and scans that were answered, and that failed, as a report counts them, and how late scans left, in milliseconds.
  func totals() -> (answered: Int, failed: Int, lateP99: Double) {
    taken.withLock { taken in
      let timings = taken.state.timings.values.flatMap(\.values)
      let (answered, failed) = timings.reduce((0, 0)) { ($0.0 + $1.answered, $0.1 + $1.failures) }
      return (answered, failed, taken.state.lateness.milliseconds(99))
    }
  }
}

extension RunRecorder.State {
  /// A scan has come to its end.
  fileprivate mutating func add(_ observation: Observation, _ phase: Int) {
    observations.append(observation)
    switch observation.outcome {
    case .answered(_, let isOffline):
      guard let answered = observation.answered else { return }
      let time = answered - observation.due
      let operation = isOffline ? RunOperation.offlineCheckIn : RunOperation.checkIn
      timings[phase, default: [:]][operation, default: RunRecorder.Timings()].add(time)
      timeline.change(at: answered) { stretch in
        stretch.answered += 1
        if isOffline { stretch.offline += 1 } else { stretch.record(time) }
      }
      self.answered += 1
    case .failed(let reason, _):
      guard let answered = observation.answered else { return }
      let operation = observation.outcome.isOfLane ? RunOperation.offlineCheckIn : RunOperation.checkIn
      timings[phase, default: [:]][operation, default: RunRecorder.Timings()].errors[reason, default: 0] += 1
      failed += 1
      timeline.change(at: answered) { $0.failed += 1 }
    case .silent:
      let kind = RunRecorder.noAnswer
      timings[phase, default: [:]][RunOperation.checkIn, default: RunRecorder.Timings()].errors[kind, default: 0] += 1
    }
  }
}
