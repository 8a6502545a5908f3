import LanyardLoad
import Testing

@Suite("Faults by chance")
struct FaultScheduleTests {
  @Test("are the same for the same seed, and others for another")
  func seeds() {
    let schedules = (0..<200).map { FaultSchedule.seeded($0, length: .seconds(20), lanes: 8) }
    #expect(schedules == (0..<200).map { FaultSchedule.seeded($0, length: .seconds(20), lanes: 8) })
    #expect(Set(schedules).count == schedules.count)
  }

  @Test("are over while there is time to recover, and break nothing that is not there", arguments: [1, 3, 8])
  func bounds(lanes: Int) {
    let length = Duration.seconds(20)
    for seed in UInt64(0)..<1_000 {
      let faults = FaultSchedule.seeded(seed, length: length, lanes: lanes)
      #expect((1...6).contains(faults.count))
      #expect(faults.map(\.at) == faults.map(\.at).sorted())
      for fault in faults {
        #expect(fault.at >= length / 10 && fault.at + fault.length <= length * 0.8, "seed \(seed)")
        #expect(fault.length <= .seconds(5), "seed \(seed)")
        switch fault.kind {
        case .cut(let some, _), .blackHole(let some, _), .slow(let some, _, _), .flap(let some, _, _):
          #expect(!some.isEmpty && Set(some).count == some.count && some.allSatisfy((0..<lanes).contains))
        case .freezeLane(let lane, _): #expect((0..<lanes).contains(lane))
        case .kill, .freeze, .fullDisk, .clockBack: break
        }
      }
    }
  }

  @Test("come of every kind, and only the server's where there are no lanes")
  func kinds() {
    func names(lanes: Int) -> Set<String> {
      let faults = (UInt64(0)..<200).flatMap { FaultSchedule.seeded($0, length: .seconds(20), lanes: lanes) }
      return Set(faults.map { String("\($0.kind)".prefix { $0 != "(" }) })
    }
    let ofServer: Set = ["kill", "freeze", "fullDisk", "clockBack"]
    #expect(names(lanes: 0) == ofServer)
    #expect(names(lanes: 4) == ofServer.union(["cut", "blackHole", "slow", "flap", "freezeLane"]))
    #expect(FaultSchedule.seeded(1, length: .milliseconds(500), lanes: 4).isEmpty)
  }
}
