import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTesting
import SwiftProtobuf
import Synchronization

@testable import LanyardScanner

/// A lane's machine with a disk in memory and nothing else: what it wants sent, shown and written can be looked at.
struct PaperLane {
  /// What a device keeps, over the end of a process.
  struct Disk {
    var entries: [JournalEntry] = []
    var roster = StoredRoster()
    var time: ServerTime?
    var isFull = false
    private var lastOrder: Int64 = 0
    private var badges: [UInt64: Data] = [:]
    private var presences: [[String]: Data] = [:]

    mutating func append(_ fact: Lanyard_V1_OfflineCheckIn, at moment: DeviceMoment) throws -> Int64 {
      if isFull { throw JournalError.outOfSpace }
      lastOrder += 1
      entries.append(JournalEntry(order: lastOrder, content: try fact.serializedBytes(), moment: moment))
      return lastOrder
    }

    mutating func apply(_ changes: [RosterChange]) throws {
      if isFull { throw JournalError.outOfSpace }
      for change in changes {
        switch change {
        case .begin: (roster, badges, presences) = (.init(), [:], [:])
        case .plan(let plan): roster.plan = plan
        case .badge(let serial, let badge): badges[serial] = badge
        case .presence(let registration, let checkpoint, let stand): presences[[registration, checkpoint]] = stand
        case .cursor(let cursor): roster.cursor = cursor
        case .heard(let moment): roster.heard = moment
        }
      }
      (roster.badges, roster.presences) = (Array(badges.values), Array(presences.values))
    }
  }

  /// What the machine wanted done, but for the roster and the time.
  enum Done {
    case sent(LaneSession.Reading)
    case reported(Lanyard_V1_DeviceReport)
    case recorded(Lanyard_V1_OfflineCheckIn)
    case shown(LaneAnswer)
    case denied(any Error)
    case ended
    case forgot
  }

  static let setup = Lane.Setup(checkpoint: .named("\(PaperEvent.name)/checkpoints/gate"))

  var disk: Disk
  private(set) var machine: LaneMachine
  /// By the device, whose clock is right.
  private(set) var moment: DeviceMoment
  private let setup: Lane.Setup

  /// A lane as a process finds it on the disk.
  init(_ disk: Disk = Disk(), setup: Lane.Setup = Self.setup, at moment: DeviceMoment = Self.start, seed: UInt64 = 1) {
    (self.disk, self.setup, self.moment) = (disk, setup, moment)
    let ids = Identifiers(seed: seed)
    do {
      machine = try LaneMachine(
        setup,
        stored: disk.roster,
        serverTime: disk.time,
        entries: disk.entries,
        newID: { _ in ids.next() }
      )
    } catch {
      preconditionFailure("it wrote the journal itself: \(error)")
    }
  }

  static let start = DeviceMoment(wall: PaperEvent.morning, running: Instant(seconds: 1000), boot: "boot")

  mutating func advance(by duration: Duration) {
    moment = DeviceMoment(wall: moment.wall + duration, running: moment.running + duration, boot: moment.boot)
  }

  /// Lets something happen to the machine, and does what follows as a lane would.
  @discardableResult
  mutating func happen(
    _ event: (inout LaneMachine, DeviceMoment) throws -> [LaneMachine.Action]
  ) rethrows -> [Done] {
    advance(by: .microseconds(1))
    var done: [Done] = []
    var actions = Array(try event(&machine, moment).reversed())
    while let action = actions.popLast() {
      switch action {
      case .send(.reading(let reading)): done.append(.sent(reading))
      case .send(.report(let report)): done.append(.reported(report))
      case .show(let answer): done.append(.shown(answer))
      case .denyUndo(let error): done.append(.denied(error))
      case .endConnection: done.append(.ended)
      case .forgetPeople:
        disk.roster = .init()
        done.append(.forgot)
      case .record(let fact, let at):
        advance(by: .microseconds(1))
        let more: [LaneMachine.Action]
        do {
          more = machine.recorded(as: try disk.append(fact, at: at), at: moment)
          done.append(.recorded(fact))
        } catch {
          more = machine.notRecorded(error, at: moment)
        }
        actions += more.reversed()
      case .keepTime(let time):
        if disk.isFull { machine.notKept(JournalError.outOfSpace) } else { (disk.time, _) = (time, machine.kept(time)) }
      case .keepRoster(let changes, let cursor):
        // What could not be kept comes again.
        if (try? disk.apply(changes)) != nil { machine.keptRoster(upTo: cursor) }
      }
    }
    return done
  }

  /// Lets something happen that nothing follows from.
  mutating func happen(_ event: (inout LaneMachine) -> Void) { event(&machine) }

  /// A badge is read now.
  @discardableResult
  mutating func scan(_ code: String, _ direction: Direction = .into, id: UUIDBytes? = nil) -> [Done] {
    let reading = reading(code, direction, id: id)
    return happen { $0.submit(reading, at: $1) }
  }

  func reading(_ code: String, _ direction: Direction = .into, id: UUIDBytes? = nil) -> LaneSession.Reading {
    let (id, readAt) = (id ?? .timeOrdered(at: moment.wall), moment.wall)
    return LaneSession.Reading(id: id, code: code, direction: direction, readAt: readAt)
  }

  /// The server opens the lane's stream.
  @discardableResult
  mutating func open() -> [Done] {
    let time = Google_Protobuf_Timestamp(moment.wall)
    return happen { $0.opened(.with { $0.serverTime = time }, at: $1) }
  }

  /// All that waits is uploaded, and the lane goes on live.
  @discardableResult
  mutating func goOnline() -> [Done] {
    var done = open()
    let orders = disk.entries.map(\.order)
    disk.entries = []
    happen { $0.uploading(orders) }
    happen { $0.uploaded(SettledBatch(orders: orders, refused: 0, reason: ""), of: orders, left: 0) }
    done += happen { $0.goLive(at: $1) }
    return done
  }
}

extension [PaperLane.Done] {
  var shown: [LaneAnswer] { compactMap { if case .shown(let answer) = $0 { answer } else { nil } } }
  var sent: [LaneSession.Reading] { compactMap { if case .sent(let reading) = $0 { reading } else { nil } } }
  var recorded: [Lanyard_V1_OfflineCheckIn] { compactMap { if case .recorded(let fact) = $0 { fact } else { nil } } }
  var denials: [any Error] { compactMap { if case .denied(let error) = $0 { error } else { nil } } }
  var endsConnection: Bool { contains { if case .ended = $0 { true } else { false } } }
  var forgets: Bool { contains { if case .forgot = $0 { true } else { false } } }
  var reports: Int { count { if case .reported = $0 { true } else { false } } }

  /// What was done, in a word each.
  var words: [String] {
    map { done in
      switch done {
      case .sent: "sent"
      case .reported: "reported"
      case .recorded: "recorded"
      case .shown(let answer): answer.checkIn == nil ? "failed" : "shown"
      case .denied: "denied"
      case .ended: "ended"
      case .forgot: "forgot"
      }
    }
  }
}

extension LaneAnswer {
  /// Why it could not be decided; nil where it was.
  var failure: String? { if case .failed(let failure) = outcome { failure.sentence.english } else { nil } }
}

/// Ids that are the same in every run.
final class Identifiers: Sendable {
  private let state: Mutex<SeededGenerator>

  init(seed: UInt64) { state = Mutex(SeededGenerator(seed: seed)) }

  func next() -> UUIDBytes {
    state.withLock { UUIDBytes(high: $0.next() & ~0xF000 | 0x7000, low: $0.next() >> 2 | 1 << 63) }
  }
}
