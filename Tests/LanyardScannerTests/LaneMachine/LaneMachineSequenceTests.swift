import Foundation
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf
import Testing

@testable import LanyardScanner

@Suite("Whatever happens to a lane, in whatever order", .timeLimit(.minutes(3)))
struct LaneMachineSequenceTests {
  @Test(
    "No scan has two answers, none is shown without its record, and each is on the server's record once",
    arguments: 0..<UInt64(60)
  )
  func sequences(seed: UInt64) throws {
    var world = try World(seed: seed)
    for _ in 0..<150 { try world.step() }
    try world.heal()
    world.check()
  }

  /// A lane, its disk, a server, and a network between them that loses and delays what it likes.
  private struct World {
    /// What became of one reading.
    struct Made {
      let id: UUIDBytes
      /// The number of the process that took it in.
      let life: Int
      var answers: [LaneAnswer] = []
      var wasSent = false
    }

    private static let badges = 4

    private let codes: [String]
    private let event: PaperEvent
    private let entries: [PaperEvent.Badge]
    private let seed: UInt64
    private var random: SeededGenerator
    private var lane: PaperLane
    private var server = PaperServer()
    private var life = 0
    private var cursor = 1
    /// On the way to the server, and on the way back, over the stream that is open.
    private var toServer: [LaneSession.Reading] = []
    private var toLane: [Lanyard_V1_StreamCheckInsResponse.Result] = []
    /// Sent over a stream that has ended; it may still arrive.
    private var strays: [LaneSession.Reading] = []
    private var made: [Instant: Made] = [:]
    private var order: [Instant] = []
    private var shown: [Instant] = []
    /// Ids of scans that the operator took back.
    private var takenBack: Set<UUIDBytes> = []
    private var recorded: [String: Lanyard_V1_OfflineCheckIn] = [:]
    private let ids: Identifiers

    init(seed: UInt64) throws {
      self.seed = seed
      random = SeededGenerator(seed: seed)
      ids = Identifiers(seed: seed &+ 1000)
      event = try PaperEvent()
      entries = try (1...UInt64(Self.badges)).map { try PaperEvent().badge($0) }
      codes = entries.map(\.code)
      lane = PaperLane(seed: seed)
      let (known, first) = (entries, event)
      try lane.happen { try $0.take(first.snapshot(Array(known.dropLast())), at: $1) }
    }

    private mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

    /// Lets something happen.
    mutating func step() throws {
      lane.advance(by: .milliseconds(Int.random(in: 1...400, using: &random)))
      switch Int.random(in: 0..<100, using: &random) {
      case 0..<30: scan()
      case 30..<45: deliverToServer()
      case 45..<60: deliverToLane()
      case 60..<66: lose()
      case 66..<76: connect()
      case 76..<82: upload()
      case 82..<84: tick()
      case 84..<86: refuse()
      case 86..<90: undo()
      case 90..<92: lane.disk.isFull.toggle()
      case 92..<95: try tellRoster()
      case 95..<97: if let stray = strays.popLast() { _ = server.take(stray, at: lane.moment.wall) }
      default: kill()
      }
    }

    private mutating func scan() {
      guard lane.machine.hasRoom else { return }
      let code = codes[Int.random(in: 0..<codes.count, using: &random)]
      let reading = lane.reading(code, chance(75) ? .into : .out, id: ids.next())
      made[reading.readAt] = Made(id: reading.id, life: life)
      order.append(reading.readAt)
      follow(lane.happen { $0.submit(reading, at: $1) })
    }

    private mutating func deliverToServer() {
      guard !toServer.isEmpty else { return }
      toLane.append(server.take(toServer.removeFirst(), at: lane.moment.wall))
    }

    private mutating func deliverToLane() {
      guard !toLane.isEmpty else { return }
      let result = toLane.removeFirst()
      follow(lane.happen { $0.answered(result, at: $1) })
    }

    private mutating func lose() { follow(lane.happen { $0.lost(.told("The network is gone."), at: $1) }) }

    private mutating func tick() {
      if chance(50) { lane.advance(by: PaperLane.setup.patience) }
      follow(lane.happen { $0.tick(at: $1) })
    }

    private mutating func refuse() { follow(lane.happen { $0.refused(.told("no"), at: $1) }) }

    private mutating func connect() {
      guard !lane.machine.isConnected else { return }
      lane.happen { $0.connecting() }
      follow(lane.open())
    }

    /// One batch, whose answer may be lost.
    private mutating func upload() {
      guard lane.machine.isConnected, !lane.machine.isOnline else { return }
      let batch = lane.disk.entries.prefix(Int.random(in: 1...5, using: &random))
      let orders = batch.map(\.order)
      lane.happen { $0.uploading(orders) }
      for entry in batch { if let fact = entry.checkIn { server.take(fact) } }
      if !batch.isEmpty {
        guard chance(70) else { return lose() }
        lane.disk.entries.removeFirst(batch.count)
        let left = lane.disk.entries.count
        lane.happen { $0.uploaded(SettledBatch(orders: orders, refused: 0, reason: ""), of: orders, left: left) }
      }
      if lane.machine.mayGoLive { follow(lane.happen { $0.goLive(at: $1) }) }
    }

    private mutating func undo() {
      let recent = shown.suffix(5).compactMap { made[$0]?.answers.last }.filter { $0.checkIn != nil }
      guard let answer = recent.randomElement(using: &random) else { return }
      let scan = answer.reading.id
      if lane.machine.isOnline, chance(70) {
        server.undo(scan.description)
        takenBack.insert(scan)
        return lane.happen { $0.takenBack(scan) }
      }
      let done = lane.happen { $0.takeBack(scan, at: $1) }
      if done.denials.isEmpty { takenBack.insert(scan) }
      follow(done)
    }

    private mutating func tellRoster() throws {
      guard lane.machine.isConnected, lane.machine.mayTakeRoster else { return }
      cursor += 1
      let index = Int.random(in: 0..<codes.count, using: &random)
      let (entry, isInside) = (entries[index].entry, server.isInside(codes[index]))
      let now = Google_Protobuf_Timestamp(lane.moment.wall)
      let told = Lanyard_V1_WatchRosterResponse.with {
        $0.entries = [entry]
        $0.presences = [
          .with { stand in
            (stand.registration, stand.checkpoint, stand.inside) = (entry.registration, "gate", isInside)
            guard isInside else { return }
            (stand.admitTime, stand.periodStartTime) = (now, Google_Protobuf_Timestamp(PaperEvent.start))
          }
        ]
        $0.cursor = "\(cursor)"
      }
      let whole = event.snapshot(entries, at: lane.moment.wall)
      let message = chance(80) ? told : whole
      try lane.happen { try $0.take(message, at: $1) }
    }

    /// The process is gone, and another finds its disk.
    private mutating func kill() {
      strays += toServer
      (toServer, toLane) = ([], [])
      life += 1
      lane = PaperLane(lane.disk, at: lane.moment, seed: seed &+ UInt64(life) &* 7919)
    }

    /// Takes in what the lane did, and looks at it.
    private mutating func follow(_ done: [PaperLane.Done]) {
      for done in done {
        switch done {
        case .sent(let reading):
          made[reading.readAt]?.wasSent = true
          toServer.append(reading)
        case .recorded(let fact): recorded[fact.hasScan ? fact.scan.scanID : fact.undoneScanID] = fact
        case .shown(let answer): see(answer)
        case .ended:
          strays += toServer
          (toServer, toLane) = ([], chance(20) ? toLane : [])
        case .reported, .denied, .forgot: break
        }
      }
    }

    private mutating func see(_ answer: LaneAnswer) {
      let key = answer.reading.readAt
      guard let reading = made[key] else {
        Issue.record("an answer to a reading that nobody made")
        return
      }
      #expect(reading.answers.isEmpty, "two answers")
      #expect(reading.life == life, "an answer of another life")
      made[key]?.answers.append(answer)
      shown.append(key)
      guard answer.isOffline, let checkIn = answer.checkIn else { return }
      if case .refused = lane.machine.state { Issue.record("somebody was let in by a lane that the server refuses") }
      let fact = recorded[answer.reading.id.description]
      #expect(fact?.answer == checkIn.answer && fact?.scan.code == answer.reading.code, "shown and not recorded")
      #expect((fact?.undoneScanID == reading.id.description) == (answer.reading.id != reading.id))
    }

    /// The network and the disk are well again, and all is brought to its end.
    mutating func heal() throws {
      lane.disk.isFull = false
      lose()
      connect()
      while !lane.machine.isOnline || !lane.machine.isIdle {
        connect()
        upload()
        deliverToServer()
        deliverToLane()
      }
      for stray in strays { _ = server.take(stray, at: lane.moment.wall) }
    }

    /// What must hold at the end.
    func check() {
      #expect(lane.disk.entries.isEmpty && lane.machine.waiting == 0 && lane.machine.mayTakeRoster)
      for life in 0...life {
        let answered = order.filter { made[$0]?.life == life && made[$0]?.answers.isEmpty == false }
        #expect(shown.filter { made[$0]?.life == life } == answered, "out of order")
      }
      var known: Set<String> = []
      for reading in made.values {
        if reading.life == life { #expect(reading.answers.count == 1, "no answer") }
        // Nobody saw what a process that was killed had sent: what the server has of it is its own.
        guard let answer = reading.answers.first else {
          known.insert(reading.id.description)
          continue
        }
        guard let checkIn = answer.checkIn else {
          // It could not be written down that it does not hold, which was said.
          let words = answer.failure ?? ""
          if words.contains("may have counted") || words.contains("could not write") {
            known.insert(reading.id.description)
          }
          continue
        }
        let id = answer.reading.id
        known.insert(id.description)
        let scan = server.record[id.description]
        #expect(scan?.answer == checkIn.answer && scan?.code == answer.reading.code, "lost")
        #expect(scan?.isUndone == takenBack.contains(id), "taken back, or not")
      }
      for (id, scan) in server.record where !scan.isUndone {
        #expect(known.contains(id), "a scan that nobody saw: \(id)")
      }
    }
  }
}
