/// What a load test plays: who comes when, to which doors, with which badges, what breaks meanwhile, and what must hold.
package struct Scenario: Sendable, Hashable {
  /// How many scan at once, and whether they wait for one another.
  package enum Loop: Sendable, Hashable {
    /// Each scan has a due time, and its answer time counts from there, whatever the server does.
    case open
    /// Each lane sends its next scan as soon as one of its `window` scans under way is answered.
    case closed(window: Int)
  }

  /// Where people are scanned.
  package enum Place: String, Sendable, Hashable, CaseIterable {
    /// At lanes of the entrance, in one line for all.
    case entrances
    /// At doors of session rooms.
    case rooms
  }

  /// What operators and organisers look at meanwhile.
  package struct Watchers: Sendable, Hashable {
    /// Devices that follow the roster.
    package var rosters = 0
    /// Organisers that watch the attendance.
    package var attendance = 0
    /// Lane screens that watch the headcount of their door.
    package var screens = 0

    package init() {}

    var count: Int { rosters + attendance + screens }
  }

  /// Lanes that are without the network for a while.
  package struct OfflineSpell: Sendable, Hashable {
    /// From the start of the run.
    package var at: Duration
    package var length: Duration
    /// How many lanes, from the first.
    package var lanes: Int

    package init(at: Duration, length: Duration, lanes: Int) {
      self.at = at
      self.length = length
      self.lanes = lanes
    }
  }

  /// What must hold for the verdict to be pass. Nothing lost, wrong or double is always asked for.
  package struct Targets: Sendable, Hashable {
    /// Of all check-ins that a server answered, from when each was due.
    package var p50: Duration?
    package var p99: Duration?
    package var p999: Duration?
    /// Of all registrations that a server answered, from when each was due.
    package var registrationsP99: Duration?
    /// Of all admissions that dashboards show, from when each was answered at the door.
    package var attendanceP99: Duration?
    /// How many times the p99 of check-ins in the first phase that in the last may be.
    package var p99Growth: Double?
    /// Share of operations that failed, 0 to 1.
    package var errorShare = 0.0
    /// The most memory that the server may hold, in MB of a million bytes.
    package var serverMemory: Int?
    /// How long a lane may be without an answer of any kind.
    package var lanesSilent: Duration?
    /// How long 19 of 20 people may wait in line, at the speed of life, however fast the run is played.
    package var waitP95: Duration?

    package init() {}
  }

  /// Raises the rate step by step until a target breaks. A scenario that searches has no phases and no faults.
  package struct Search: Sendable, Hashable {
    /// Scans a second of the first step.
    package var from: Double
    /// What each step multiplies the rate by.
    package var factor: Double
    /// Length of a step.
    package var step: Duration
    /// The most steps.
    package var steps: Int

    package init(from: Double, factor: Double, step: Duration, steps: Int) {
      self.from = from
      self.factor = factor
      self.step = step
      self.steps = steps
    }
  }

  package var name: String
  /// One sentence: which question it answers.
  package var summary = ""
  /// Registrations of the event that is made for the run, as many as `peopleRange` says.
  package var people = 1_000
  package var place = Place.entrances
  /// Lanes or rooms, as many as `laneRange` says.
  package var lanes = 8
  /// How many each room takes; nil where there is no limit.
  package var roomCapacity: Int?
  /// How long one person keeps a lane, from one badge to the next; zero scans each as soon as it comes.
  package var service = Duration.zero
  /// Standard deviation of that time to its mean.
  package var serviceVariation = 0.0
  package var loop = Loop.open
  /// How long lanes wait for an answer before they decide by themselves, in runs in which something breaks. Scenario files
  /// leave it as it is.
  package var patience = Duration.seconds(2)
  package var phases: [Phase] = []
  /// Of phases that play a recorded day how much of it they play, by their names.
  package var recordings: [String: Recording] = [:]
  package var mix = Mix()
  package var watchers = Watchers()
  package var offline: [OfflineSpell] = []
  package var faults: [ScheduledFault] = []
  package var targets = Targets()
  package var search: Search?
  /// How many times faster than life it is played.
  package var speed = 1.0
  /// The same seed brings the same people at the same times.
  package var seed: UInt64 = 1

  package init(name: String) {
    self.name = name
  }

  /// How many lanes, or rooms, there may be.
  package static let laneRange = 1...512
  /// How many registrations there may be.
  package static let peopleRange = 1...200_000
  /// The longest run.
  package static let lengthLimit = Duration.seconds(7 * 86_400)
  /// The most arrivals of a run, by expectation.
  package static let arrivalLimit = 5_000_000
  /// The most scans a second.
  package static let rateLimit = 100_000

  /// The time that its phases take together, or all steps of its search.
  package var length: Duration {
    phases.reduce(.zero) { $0 + $1.length } + (search.map { $0.step * $0.steps } ?? .zero)
  }

  /// Lanes that are to be frozen, and so are processes of their own.
  var frozenLanes: Set<Int> {
    Set(faults.compactMap { if case .freezeLane(let lane, _) = $0.kind { lane } else { nil } })
  }

  /// The most files that are open at once in the driver, or in its server.
  package var descriptors: Int {
    OpenFiles.needed(lanes: lanes, areReal: needsRealLanes, watchers: watchers.count)
  }

  /// All that breaks, spells offline too, in the order of its beginning.
  var allFaults: [ScheduledFault] {
    let spells = offline.map { ScheduledFault(at: $0.at, kind: .cut(lanes: Array(0..<$0.lanes), $0.length)) }
    return (faults + spells).sorted { $0.at < $1.at }
  }

  /// Whether lanes need the journal and the roster of real ones, since something breaks.
  package var needsRealLanes: Bool { !offline.isEmpty || !faults.isEmpty }
}

/// A part of a scenario with its own rate of arrivals.
package struct Phase: Sendable, Hashable {
  package var name: String
  package var length: Duration
  package var arrivals: Arrivals

  package init(name: String, length: Duration, arrivals: Arrivals) {
    self.name = name
    self.length = length
    self.arrivals = arrivals
  }
}

/// How people come in a phase.
package enum Arrivals: Sendable, Hashable {
  /// So many a second, as independent of one another as people are (Poisson).
  case constant(perSecond: Double)
  /// A rate that rises or falls evenly, Poisson.
  case ramp(from: Double, to: Double)
  /// A morning: so many people, slowly at first, most after a third of the time, then fewer (gamma of shape 3).
  case surge(people: Int)
  /// Moments of a recorded day, from its start; what is longer than the phase is cut.
  case replay([Duration])
}

/// What arrivals are, by weight: 98 good ones and 2 forged ones are 2 % forged.
package struct Mix: Sendable, Hashable {
  /// One kind of arrival.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// Scans a good badge and goes in.
    case good
    /// Scans a badge that another has taken the place of.
    case replaced
    /// Scans a badge that was revoked.
    case revoked
    /// Scans a code whose signature does not hold.
    case forged
    /// Scans something that is no badge.
    case unreadable
    /// Scans a good badge twice at one lane.
    case repeated
    /// Scans at a door that is not for their group, and then at one that is.
    case wrongDoor = "wrong-door"
    /// Goes in, out and in again.
    case reentry
    /// Has no badge with them, and is found by name.
    case byName = "by-name"
    /// Two people show copies of one badge at two lanes at the same moment.
    case copied
    /// Registers on the spot and goes in with the new badge.
    case registers

    /// Whether whoever comes so goes in somewhere, where nothing else keeps them out.
    var entersAtLast: Bool {
      switch self {
      case .good, .repeated, .wrongDoor, .reentry, .byName, .copied, .registers: true
      case .replaced, .revoked, .forged, .unreadable: false
      }
    }
  }

  /// Weights; a kind that is not named never comes.
  package var weights: [Kind: Double] = [.good: 1]

  package init() {}
}

/// Something that breaks, and when.
package struct ScheduledFault: Sendable, Hashable {
  /// What breaks. Lanes are counted from 0.
  package enum Kind: Sendable, Hashable {
    /// The server is killed, and started again `after` that.
    case kill(after: Duration)
    /// The server is frozen (SIGSTOP) for so long.
    case freeze(Duration)
    /// These lanes' connections are closed and no new one is let through.
    case cut(lanes: [Int], Duration)
    /// What these lanes send and are sent is lost, and nobody is told.
    case blackHole(lanes: [Int], Duration)
    /// Everything on these lanes' line takes so much longer.
    case slow(lanes: [Int], by: Duration, Duration)
    /// The line of these lanes breaks and comes back again and again.
    case flap(lanes: [Int], every: Duration, Duration)
    /// A lane's process is frozen for so long.
    case freezeLane(Int, Duration)
    /// The disk that the server writes to is full.
    case fullDisk(Duration)
    /// The server's clock is set back by so much.
    case clockBack(Duration)
  }

  /// From the start of the run.
  package var at: Duration
  package var kind: Kind

  package init(at: Duration, kind: Kind) {
    self.at = at
    self.kind = kind
  }

  /// How long it lasts.
  package var length: Duration {
    switch kind {
    case .kill(let length), .freeze(let length), .cut(_, let length), .blackHole(_, let length),
      .slow(_, _, let length), .flap(_, _, let length), .freezeLane(_, let length), .fullDisk(let length):
      length
    case .clockBack: .zero
    }
  }
}

extension ScheduledFault.Kind {
  /// The lanes that it hits; nil where that is every lane.
  var lanes: [Int]? {
    switch self {
    case .kill, .freeze, .fullDisk, .clockBack: nil
    case .cut(let lanes, _), .blackHole(let lanes, _), .slow(let lanes, _, _), .flap(let lanes, _, _): lanes
    case .freezeLane(let lane, _): [lane]
    }
  }

  /// Whether a lane, or where none is named the desk, may be without the server by it.
  func reaches(lane: Int?) -> Bool {
    switch self {
    case .kill, .freeze, .clockBack: true
    case .fullDisk: false
    case .cut(let lanes, _), .blackHole(let lanes, _), .slow(let lanes, _, _), .flap(let lanes, _, _):
      lane.map(lanes.contains) ?? false
    case .freezeLane(let frozen, _): lane == frozen
    }
  }
}
