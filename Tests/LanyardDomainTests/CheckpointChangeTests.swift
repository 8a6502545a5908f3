import LanyardDomain
import LanyardTesting
import Testing

@Suite("A change of a checkpoint on the day") struct CheckpointChangeTests {
  @Test("Changes what it names and leaves the rest")
  func applied() {
    var checkpoint = Checkpoint(id: "a", displayName: "A", kind: .zone, area: "a", timeZone: "Europe/Zurich")
    checkpoint.capacity = 5
    #expect(CheckpointChange().applied(to: checkpoint) == checkpoint)
    var change = CheckpointChange()
    (change.isClosed, change.directions, change.reentry) = (true, .outOnly, .never)
    let changed = change.applied(to: checkpoint)
    #expect(changed.isClosed && changed.directions == .outOnly && !changed.allowsReentry && changed.capacity == 5)
    change.capacity = .some(nil)
    #expect(change.applied(to: checkpoint).capacity == nil)
  }
}
