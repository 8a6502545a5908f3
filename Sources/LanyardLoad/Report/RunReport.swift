/// What a run measured and found; what `--json` prints, the page shows and `--compare` reads.
package struct RunReport: Codable, Sendable {
  /// Pass where every target was kept and nothing was lost, wrong or double.
  package enum Outcome: String, Codable, Sendable {
    case pass, fail
  }

  /// Times of one operation in one phase, in milliseconds from when each was due.
  package struct Operation: Codable, Sendable {
    package var count = 0
    /// How many of them nobody asked for: admissions that watchers showed, each from its answer at the door.
    package var pushed = 0
    package var perSecond = 0.0
    package var p50 = 0.0
    package var p90 = 0.0
    package var p99 = 0.0
    package var p999 = 0.0
    package var max = 0.0
    /// Failed ones by kind.
    package var errors: [String: Int] = [:]

    package init() {}

    enum CodingKeys: String, CodingKey {
      case count, pushed, errors
      case perSecond = "per_second"
      case p50 = "p50_ms"
      case p90 = "p90_ms"
      case p99 = "p99_ms"
      case p999 = "p999_ms"
      case max = "max_ms"
    }
  }

  /// One target and whether it was kept.
  package struct TargetResult: Codable, Sendable {
    /// In words, such as `p99 of check-ins`.
    package var what: String
    package var wanted: String
    package var measured: String
    package var kept: Bool
    /// What it is of, such as `check_in_p99`; absent in reports of earlier versions.
    package var id: String?
    /// What was measured, in milliseconds, bytes or times, of 0 to 1 or counted; absent where nothing was, and in reports of earlier versions.
    package var number: Double?

    package init(what: String, wanted: String, measured: String, kept: Bool) {
      self.what = what
      self.wanted = wanted
      self.measured = measured
      self.kept = kept
    }
  }

  /// What the audit counted, and the history of each fault.
  package struct Audit: Codable, Sendable {
    /// Answered scans that are not on record.
    package var lost = 0
    /// Answers that are not right, or are on record as another.
    package var wrong = 0
    /// Scans that are on record more than once, and people inside twice whom no conflict names.
    package var double = 0
    /// Scans on record that nobody sent.
    package var invented = 0
    /// Headcounts that are not the model's.
    package var miscounted = 0
    /// Registrations that are not on record as they were answered, or that nobody made.
    package var misregistered = 0
    /// Scans that were compared with the record.
    package var checked = 0
    /// Registrations of the run that were compared with the record.
    package var registered = 0
    /// Why the record could not be read back, so that nothing was compared; absent where it was.
    package var unread: String?
    /// The faults, each with its scan's history, in words; `Audit.told` of scans at the most.
    package var faults: [String] = []
    /// How many scans conflicts name that were not there before the run, by reason: no faults, but people were let in whom the
    /// rules refuse.
    package var conflicts: [String: Int] = [:]
    /// What could not be compared, in words.
    package var notCompared: [String] = []

    package init() {}

    /// How many faults were found, those too that are not told in words.
    package var found: Int { lost + wrong + double + invented + miscounted + misregistered }

    /// Whether registrations were compared at all: where nobody registers in a run, they are not.
    package var comparesRegistrations: Bool { registered > 0 || misregistered > 0 }

    /// Whether all was compared, and nothing at all was found.
    package var isClean: Bool { unread == nil && found == 0 }
  }

  /// How the driver itself did.
  package struct Driver: Codable, Sendable {
    /// How much later than due the 99th of a hundred scans was sent, of those that were due while nothing was broken; absent where
    /// none was.
    package var lateP99: Double?
    /// Its share of one processor over the measured time, with lanes in processes of their own; absent where that was too short.
    package var cpuShare: Double?
    /// Whether the driver, and not the server, was the limit.
    package var wasTheLimit = false

    package init() {}

    package func encode(to encoder: any Encoder) throws {
      var values = encoder.container(keyedBy: CodingKeys.self)
      try values.encodeIfPresent(lateP99, forKey: .lateP99)
      try values.encodeIfPresent(cpuShare, forKey: .cpuShare)
      // What is not known is neither true nor false.
      try values.encode(isJudged ? wasTheLimit : nil, forKey: .wasTheLimit)
    }

    enum CodingKeys: String, CodingKey {
      case lateP99 = "late_p99_ms"
      case cpuShare = "cpu_share"
      case wasTheLimit = "was_the_limit"
    }
  }

  /// How busy the machine of the driver was over the measured time.
  package struct Processors: Codable, Sendable {
    /// Shares of all its processors: of everything that ran on it, and of what is neither the driver nor a server of the run's own.
    package var busy: Double
    package var others: Double

    package init(busy: Double, others: Double) { (self.busy, self.others) = (busy, others) }
  }

  /// How the server did; absent where it is not the run's own.
  package struct Server: Codable, Sendable {
    /// Its share of one processor, over the measured time; absent where that was too short.
    package var cpuShare: Double?
    /// The most memory that it held since its start, which is before people are imported, in bytes.
    package var memory = 0
    /// Bytes that it wrote to disk; nil where its folder lies in memory, where nobody counts them.
    package var written: Int?
    /// Times that it was started.
    package var starts = 1

    package init() {}

    enum CodingKeys: String, CodingKey {
      case memory = "memory_bytes"
      case written = "written_bytes"
      case starts
      case cpuShare = "cpu_share"
    }
  }

  /// One moment of the run, for the charts; each stands for the time since the one before, a second or more.
  package struct Moment: Codable, Sendable {
    /// Seconds from the start.
    package var at = 0.0
    package var due = 0
    package var answered = 0
    package var failed = 0
    package var offline = 0
    package var p50 = 0.0
    package var p99 = 0.0
    package var max = 0.0
    /// People waiting at each lane, those that it serves too.
    package var queues: [Int] = []
    /// Share of one processor; absent, as what follows, where nothing was measured in that time.
    package var serverCPU: Double?
    package var driverCPU: Double?
    package var serverMemory: Int?
    /// Bytes written to disk in that time.
    package var serverWritten: Int?

    package init() {}

    enum CodingKeys: String, CodingKey {
      case at, due, answered, failed, offline, p50, p99, max, queues
      case serverCPU = "server_cpu_share"
      case driverCPU = "driver_cpu_share"
      case serverMemory = "server_memory_bytes"
      case serverWritten = "server_written_bytes"
    }

    /// What reports of earlier versions called the same.
    enum EarlierKeys: String, CodingKey {
      case serverCPU, driverCPU, serverMemory, serverWritten
    }
  }

  /// A part of the scenario.
  package struct PhaseReport: Codable, Sendable {
    package var name: String
    /// Seconds from the start.
    package var start: Double
    package var end: Double
    package var asked: Double
    package var carried: Double
    /// By the names of `RunOperation`.
    package var operations: [String: Operation]

    package init(
      name: String,
      start: Double,
      end: Double,
      asked: Double,
      carried: Double,
      operations: [String: Operation]
    ) {
      self.name = name
      self.start = start
      self.end = end
      self.asked = asked
      self.carried = carried
      self.operations = operations
    }
  }

  /// Something that broke, and what the lanes noticed that it hit.
  package struct FaultReport: Codable, Sendable {
    /// Seconds from the start.
    package var at: Double
    package var seconds: Double
    /// In words, such as `the server was killed`.
    package var what: String
    /// The longest that such a lane gave no answer, in seconds, from then on until each was live again; an error is none.
    package var longestSilence: Double
    /// How many scans they answered by themselves.
    package var answeredOffline: Int
    /// Seconds until each of them that scanned afterwards was live again; absent where one never was, and where none scanned.
    package var recovered: Double?
    /// How many of them scanned afterwards; absent in reports of earlier versions.
    package var lanesAfter: Int?
    /// How many lanes it hit; absent in reports of earlier versions, whose figures are of all lanes.
    package var lanesHit: Int?
    /// Why it did not come off, or not wholly; absent where it did.
    package var trouble: String?
    /// True where that is because what it breaks was down already, by another fault; absent elsewhere.
    package var hitNothing: Bool?
    /// The longest that one of them was without the server, in seconds; absent in reports of earlier versions.
    package var withoutServer: Double?

    package init(
      at: Double,
      seconds: Double,
      what: String,
      longestSilence: Double,
      answeredOffline: Int,
      recovered: Double?,
      trouble: String? = nil,
      withoutServer: Double? = nil,
      lanesAfter: Int? = nil
    ) {
      self.at = at
      self.seconds = seconds
      self.what = what
      self.longestSilence = longestSilence
      self.answeredOffline = answeredOffline
      self.recovered = recovered
      self.trouble = trouble
      self.withoutServer = withoutServer
      self.lanesAfter = lanesAfter
    }
  }

  /// What a search for the limit found.
  package struct Search: Codable, Sendable {
    /// Scans a second that were answered in the last step that kept every target, how many it asked for, and within how many
    /// milliseconds 99 of 100 were answered; absent where none did.
    package var carried: Double?
    package var asked: Double?
    package var p99: Double?
    /// Scans a second at which a target broke, which one, in words, and what there was too little of; absent where none did.
    package var broken: Double?
    package var target: String?
    package var shortage: String?

    package init() {}

    enum CodingKeys: String, CodingKey {
      case target, shortage
      case carried = "carried_per_second"
      case asked = "asked_per_second"
      case broken = "broken_per_second"
      case p99 = "p99_ms"
    }
  }

  /// How people waited in line, in seconds of the morning that is played, however fast that was.
  package struct Line: Codable, Sendable {
    /// What 19 of 20 waited at most.
    package var wait95 = 0.0
    /// The most that waited at once, and when that was.
    package var longest = 0
    package var longestAt = 0.0
    /// When nobody waited any more after that; absent where somebody still did when the run ended.
    package var emptyAt: Double?
    /// How many waited when the phases were over.
    package var waitingAtEnd = 0
    /// From then until nobody waited any more; absent where somebody still did when the run ended.
    package var emptyAfter: Double?

    package init() {}

    init(_ line: WaitingLine, speed: Double) {
      func seconds(_ duration: Duration) -> Double { (duration * speed / .seconds(1)).rounded(toPlaces: 1) }
      (wait95, longest, longestAt) = (seconds(line.wait95), line.longest, seconds(line.longestAt))
      emptyAt = line.emptyAt.map(seconds)
      (waitingAtEnd, emptyAfter) = (line.waitingAtEnd, line.emptyAfter.map(seconds))
    }

    enum CodingKeys: String, CodingKey {
      case longest
      case wait95 = "wait_p95_seconds"
      case longestAt = "longest_at_seconds"
      case emptyAt = "empty_at_seconds"
      case waitingAtEnd = "waiting_at_end"
      case emptyAfter = "empty_after_seconds"
    }
  }

  /// How much of a recorded day a phase played.
  package struct Recorded: Codable, Sendable {
    /// Its name.
    package var phase: String
    package var day: Recording
  }

  package var verdict = Outcome.fail
  /// The verdict in one sentence.
  package var sentence = ""
  package var scenario = ""
  package var summary = ""
  /// Mark of what the scenario plays, whatever it is called; empty in reports of earlier versions.
  package var content = ""
  /// Moment of the start, RFC 3339.
  package var started = ""
  /// Seconds that were measured.
  package var seconds = 0.0
  package var speed = 1.0
  package var seed: UInt64 = 1
  /// Processors, memory and system.
  package var machine = ""
  /// On site with a badge, before the first scan.
  package var people = 0
  /// How many came, the same people again where there are not as many; 0 where nobody counted.
  package var arrivals = 0
  /// How many of them had been there already, and went to another room, out or in again since nobody else was left.
  package var returns = 0
  /// How many arrivals of each kind of the mix came as good ones, since what they need is not there; of `good`, how many did not come.
  package var unplayed: [String: Int] = [:]
  package var lanes = 0
  /// At how many checkpoints they scan; 0 in reports of earlier versions.
  package var checkpoints = 0
  /// Whether it was ended before its time.
  package var wasInterrupted = false
  /// Over the whole run.
  package var operations: [String: Operation] = [:]
  package var audit = Audit()
  package var driver = Driver()
  package var server: Server?
  /// Absent where the system does not tell, and in reports of earlier versions.
  package var processors: Processors?
  package var targets: [TargetResult] = []
  package var phases: [PhaseReport] = []
  package var faults: [FaultReport] = []
  /// How many lanes scanned after the last of what broke, where the server answered each of them again; absent where it did not, where
  /// none did or nothing broke, and in reports of earlier versions.
  package var lanesBack: Int?
  /// The longest that a scan waited for any answer, in seconds, whether something was broken or not; absent where nobody scanned,
  /// and in reports of earlier versions.
  package var longestSilence: Double?
  /// How people waited in line; absent where nobody is served for any time, and in reports of earlier versions.
  package var line: Line?
  /// Of each phase that plays a recorded day.
  package var recorded: [Recorded] = []
  /// How many scans were answered with which verdict.
  package var answers: [String: Int] = [:]
  package var moments: [Moment] = []
  /// Of Lanyard.
  package var version = ""
  /// What plays the same again; empty where it is not known.
  package var command = ""
  /// Whether each lane waited for its answers, so that a slow server was also asked less.
  package var isClosedLoop = false
  /// What ended by itself, how, and the last that it said: the server, and lanes.
  package var ends: [String] = []
  /// What a search for the limit found; absent where none was made.
  package var search: Search?
  /// How many registered on the spot and got no badge, since the event reviews or waitlists them.
  package var withoutBadge = 0

  package init() {}

  enum CodingKeys: String, CodingKey {
    case verdict, sentence, scenario, summary, content, started, seconds, speed, seed, machine, people, lanes,
      operations, audit
    case driver, server, processors, targets, phases, faults, answers, moments, version, command, search
    case arrivals, returns, unplayed, checkpoints, line, recorded
    case ends = "ended_by_themselves"
    case withoutBadge = "without_badge"
    case wasInterrupted = "was_interrupted"
    case longestSilence = "longest_silence_seconds"
    case isClosedLoop = "closed_loop"
    case lanesBack = "lanes_back"
  }
}
