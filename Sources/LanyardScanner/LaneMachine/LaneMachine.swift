import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTexts

/// What a lane decides, apart from disk, network and clock: each event changes what it knows and returns what is to be
/// done. `Lane` does that, in order, and before the next event.
struct LaneMachine: Sendable {
  /// What is to be done.
  enum Action: Sendable {
    /// To be sent to the server over the stream that is open.
    case send(LaneSession.Outgoing)
    /// To be written down for good; then `recorded` or `notRecorded` says what came of it. Until then the machine decides
    /// nothing else by itself.
    case record(Lanyard_V1_OfflineCheckIn, at: DeviceMoment)
    /// To be shown to the operator.
    case show(LaneAnswer)
    /// Whoever asked for it is to be told why a scan is not taken back.
    case denyUndo(any Error)
    /// The connection that is open or being made is to be ended; without one there is nothing to do.
    case endConnection
    /// To be kept on disk; then `kept` or `notKept` says what came of it.
    case keepTime(ServerTime)
    /// To be kept on disk, all or none; then `keptRoster` says that it was. The cursor is empty within a snapshot.
    case keepRoster([RosterChange], cursor: String)
    /// Everybody whom the device knows of is to be erased from its disk; `notForgotten` says that it was not.
    case forgetPeople
  }

  /// How the lane stands with its server, and what has no answer yet.
  enum Standing: Sendable {
    /// The server has not answered since the lane began: becomes uploading, offline, refused or revoked.
    case connecting(held: [Held])
    /// The server is back: becomes online once nothing of the lane's own waits. Readings are held on the first connection
    /// only, where it did not answer by itself before; since then otherwise.
    case uploading(since: Instant?, held: [Held])
    /// The server answers: becomes offline, refused or revoked.
    case online(sent: [Sent])
    /// The lane answers by itself, since then by the server's clock: becomes uploading, refused or revoked.
    case offline(since: Instant)
    /// The server answers and does not let the lane in, for this reason: becomes uploading or revoked. It answered by
    /// itself before since then.
    case refused(why: Sentence, since: Instant?)
    /// The organiser has revoked the device: for good.
    case revoked
  }

  /// A reading that waits to be sent, with the moment from which patience counts, by the clock that nobody sets.
  struct Held: Sendable {
    let reading: LaneSession.Reading
    let since: Instant
  }

  /// A reading that the server has, or may have.
  struct Sent: Sendable {
    let reading: LaneSession.Reading
    let since: Instant
    /// Where the person stood when it was sent; nil where that is not known.
    var before: OfflineDecision.Undo?
    /// Whether the server may have recorded it.
    var mayBeRecorded = true
  }

  /// What the lane has to settle by itself.
  enum Unsettled: Sendable {
    /// A reading to answer; a late one may be on the server's record with an answer that nobody saw.
    case reading(LaneSession.Reading, isLate: Bool)
    case undo(UUIDBytes)
  }

  /// What is being written down, with what follows when it is.
  enum Writing: Sendable {
    case answer(LaneAnswer, Lanyard_V1_OfflineCheckIn, at: DeviceMoment, OfflineDecision.Undo?)
    /// That a late scan does not hold, which nobody is let in on, for this reason.
    case refusal(LaneSession.Reading, LaneAnswer.Failure)
    case undo(UUIDBytes)
  }

  /// A scan that can be taken back, with where the person stood before.
  struct Recent: Sendable {
    let scan: UUIDBytes
    var undo: OfflineDecision.Undo?
  }

  /// The most readings that wait for an answer; further ones are to be handed in when one has come.
  static let window = 64
  /// How many scans are remembered that were taken back.
  private static let undoneMemory = 500
  /// How many scans are remembered for a supervisor to take back when they are no longer fresh.
  static let memory = 20
  /// How much older than its last connection the knowledge of a lane may be without a word.
  private static let knowledgeAge = Duration.seconds(300)

  private(set) var setup: Lane.Setup
  /// Whether operators may override, as the organiser said last; nil where the lane has no device.
  private(set) var mayOverride: Bool?
  /// Makes the id of a scan that takes another's place.
  private let newID: @Sendable (Instant) -> UUIDBytes
  var standing = Standing.connecting(held: [])
  /// Whatever it is, it is settled before the next event, so that it is never more than the window and one.
  var unsettled: [Unsettled] = []
  var writing: Writing?
  var roster: LaneRoster
  var unsent: UnsentPassages
  /// What the device's other lanes do meanwhile.
  var elsewhere = PassagesElsewhere()
  /// A snapshot that is still coming in, with what it changes on disk: nothing is decided on half of one.
  var snapshot: (roster: LaneRoster, changes: [RosterChange])?
  /// From where the roster is to be followed.
  var cursor: String
  /// Until when the lane is known to know what the server knew, by the server's clock; nil where nobody kept that.
  var heard: Instant?
  /// Whether the server tells each change of the roster as it comes.
  var isFollowing = false
  var serverTime: ServerTime?
  /// A time that the server tells and that is not gone by yet, and since when it tells it.
  var doubted: (time: ServerTime, since: DeviceMoment)?
  /// The server's time as it is on disk.
  var keptTime: ServerTime?
  /// Numbers of the entries of its journal that a server may have recorded whose answer has not come: of those people nobody
  /// can say whether what the roster tells counts them.
  var underWay: Set<Int64>
  /// How many entries of its journal wait to be uploaded.
  var ownWaiting: Int
  /// How many scans wait in the other journals of the device's folder.
  var leftWaiting = 0
  /// Whether the operator ends the lane.
  private var isEnding = false
  /// Why the server is not reached, for the operator; nil while it is.
  var trouble: Sentence?
  var recent = RecentScans<Recent>()
  /// The last scans of which the server told that they were taken back, by whomever, as their ids are written.
  private(set) var undone: [String] = []
  private var notices: [NoticeSubject: Sentence] = [:]

  /// - Parameters:
  ///   - stored: The roster on disk, with the server's time.
  ///   - entries: What waits in the lane's journal.
  ///   - elsewhere: What waits in the device's other journals: it did that by itself too.
  ///   - newID: Makes ids; only tests need others than a device makes.
  /// - Throws: `JournalError` where an entry is of a newer version.
  init(
    _ setup: Lane.Setup,
    stored: StoredRoster,
    serverTime: ServerTime?,
    entries: [JournalEntry],
    elsewhere: [JournalEntry] = [],
    newID: @escaping @Sendable (Instant) -> UUIDBytes = { .timeOrdered(at: $0) }
  ) throws(JournalError) {
    self.setup = setup
    self.newID = newID
    (self.serverTime, keptTime) = (serverTime, serverTime)
    let (kept, isWhole) = LaneRoster.kept(stored)
    roster = kept
    unsent = try UnsentPassages(entries, kept)
    ownWaiting = entries.count
    // The process before may have sent them.
    underWay = Set(entries.map(\.order))
    // Without its cursor the lane gets all anew.
    cursor = isWhole ? stored.cursor : ""
    heard = stored.heard
    // What was done elsewhere is uploaded before the server tells anything new of those people.
    let people = try self.elsewhere.take(elsewhere, kept)
    for person in unsent.all.keys where !people.contains(person) { roster.follow(unsent, of: person, serverTime) }
    roster.follow(&self.elsewhere, of: people, beside: unsent, serverTime)
  }

  func madeID(at moment: Instant) -> UUIDBytes { newID(moment) }
}

// MARK: - What is known of it

extension LaneMachine {
  /// How the lane stands with its server, as it is shown.
  var state: LaneState {
    switch standing {
    case .connecting: .connecting
    case .uploading: .uploading(waiting: waiting)
    case .online: .online
    case .offline(let since): .offline(since: since, waiting: waiting)
    case .refused(let why, _): .refused(Self.notLetIn(why))
    case .revoked: .revoked
    }
  }

  /// Whether the server's stream is open.
  var isConnected: Bool {
    switch standing {
    case .uploading, .online: true
    case .connecting, .offline, .refused, .revoked: false
    }
  }

  var isOnline: Bool { if case .online = standing { true } else { false } }

  /// Whether it is known what the server has of the lane's own record, so that it is known what the roster counts.
  var mayTakeRoster: Bool { underWay.isEmpty }

  /// Whether every reading has its answer.
  var isIdle: Bool { unanswered == 0 && unsettled.isEmpty && writing == nil }

  /// Whether a further reading may be handed in.
  var hasRoom: Bool { unanswered < Self.window }

  private var unanswered: Int {
    switch standing {
    case .connecting(let held), .uploading(_, let held): held.count
    case .online(let sent): sent.count
    case .offline, .refused, .revoked: 0
    }
  }

  /// How many scans wait on the device to be uploaded, wherever they were made.
  var waiting: Int { ownWaiting + leftWaiting }

  /// Until when the lane knows what the server knew, where that was a while before it began to answer by itself; else nil.
  var knowsUntil: Instant? {
    guard case .offline(let since) = standing, let heard, since - heard > Self.knowledgeAge else { return nil }
    return heard
  }

  /// What an operator should know, the most pressing first.
  var notice: Sentence? { NoticeSubject.allCases.compactMap { notices[$0] }.first }

  /// Id of the checkpoint.
  var checkpointID: String { setup.checkpoint.checkpoint }

  /// The server's time at a moment, as far as the lane knows it.
  func time(at moment: DeviceMoment) -> Instant { serverTime?.time(at: moment) ?? moment.wall }

  /// People inside the area by what the lane knows, and the limit.
  func headcount(at moment: DeviceMoment) -> (inside: Int, capacity: Int?)? {
    roster.headcount(at: checkpointID, now: time(at: moment))
  }

  /// What is missing on this machine for the lane to know what day and time it is at its door; nil where nothing is.
  var missingTimeZone: Sentence? {
    roster.missingTimeZone.map { Sentence(.laneNoTimeZone, ["zone": .text($0)]) }
  }

  /// How the device is.
  func report(at moment: DeviceMoment) -> Lanyard_V1_DeviceReport {
    Lanyard_V1_DeviceReport(
      .init(version: ProgramVersion.current, scansWaiting: waiting, deviceTime: moment.wall, isEnding: isEnding)
    )
  }

  /// The operator ends the lane.
  mutating func ending() { isEnding = true }

  /// Says what is amiss with the device itself; nil says that nothing is any more.
  mutating func note(_ sentence: Sentence?, of subject: NoticeSubject) { notices[subject] = sentence }

  /// The organiser says by now whether the device's operators may override.
  mutating func learned(isSupervisor: Bool) {
    setup.isSupervisor = isSupervisor
    mayOverride = isSupervisor
  }

  mutating func forgetNotices() { notices = [:] }

  /// The server says that scans were taken back; where people stand since, it tells beside it.
  mutating func tookBack(_ scans: [String]) {
    guard !scans.isEmpty else { return }
    undone = (undone + scans).suffix(Self.undoneMemory)
    recent.removeAll { scans.contains($0.scan.description) }
  }

  static func notLetIn(_ why: Sentence) -> Sentence { Sentence(.laneNotLetIn, ["why": .sentence(why)]) }
}

/// What a lane's notice is about; of several the first here is shown.
enum NoticeSubject: CaseIterable, Sendable {
  /// A revoked device could not forget everybody.
  case erasure
  /// The disk cannot be written.
  case disk
  /// Scans that the server will never take.
  case refused
  /// Somebody removed a journal while scans waited in it.
  case removed
  /// The folder's other journals cannot be read.
  case unreadable
  /// The folder's other journals cannot be uploaded.
  case left
  /// The certificate cannot be renewed.
  case renewal
  /// The server does not tell the roster.
  case roster
}
