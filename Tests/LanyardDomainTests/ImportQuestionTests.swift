import LanyardDomain
import LanyardTesting
import LanyardTexts
import Testing

@Suite("What an import asks before it does it")
struct ImportQuestionTests {
  private static func update(
    _ change: (inout Checkpoint) -> Void
  ) throws -> (update: ProgrammeUpdate, id: String, address: CheckpointAddress) {
    let programme = try SampleData.programme().events[1]
    var stored = programme.checkpoints.enumerated().map { PlacedCheckpoint($0.element, at: $0.offset) }
    change(&stored[0].checkpoint)
    let record = ProgrammeRecord(
      event: programme.event,
      onsiteConfirmed: 0,
      hasBadges: false,
      checkpoints: stored,
      sessions: []
    )
    let id = stored[0].checkpoint.id
    let update = try ProgrammeUpdate(programme, on: record, path: "events[0]")
    return (update, id, CheckpointAddress(event: programme.event.slug, checkpoint: id))
  }

  @Test("Is what was changed by hand and would be another, rule by rule")
  func undone() throws {
    let planned = try SampleData.programme().events[1].checkpoints[0]
    let found = try Self.update {
      $0.capacity = 7
      $0.reentry = planned.reentry == .never ? .unscanned : .never
    }
    let capacity = planned.capacity.map { "\($0)" } ?? "–"
    #expect(
      found.update.questions([found.id: [.capacity, .directions]])
        == [.undoes(found.address, .capacity, from: "7", to: capacity)]
    )
    #expect(found.update.questions([found.id: Set(HandRule.allCases)]).count == 2)
    #expect(found.update.questions([:]).isEmpty)
    #expect(found.update.questions(["elsewhere": [.capacity]]).isEmpty)
    #expect(try Self.update { _ in }.update.questions([found.id: Set(HandRule.allCases)]).isEmpty)
  }

  @Test("Is told by the name of what it is about")
  func violations() throws {
    let address = CheckpointAddress(event: "forum", checkpoint: "gate")
    let undoes = ImportQuestion.undoes(address, .capacity, from: "60", to: "50").violation
    #expect(undoes.field == "events/forum/checkpoints/gate")
    #expect(undoes.reason(in: .english) == "capacity was changed by hand to 60, and the file says 50")
    let resembles = ImportQuestion.resembles(slug: "forun", other: "forum").violation
    #expect(resembles.field == "events/forun" && resembles.reason(in: .english).contains("forum"))
  }

  @Test("Counts what a change changes, and not what it leaves as it is")
  func rules() throws {
    let checkpoint = try SampleData.programme().events[1].checkpoints[0]
    var change = CheckpointChange()
    change.isClosed = true
    #expect(change.rules(changedOf: checkpoint).isEmpty)
    change.capacity = .some(checkpoint.capacity)
    change.directions = checkpoint.directions == .inOnly ? .outOnly : .inOnly
    #expect(change.rules(changedOf: checkpoint) == [.directions])
  }

  @Test("Is nothing for a room with another name that keeps its id: it keeps its checkpoint")
  func renamedRoom() throws {
    let before = try SampleData.programme().events[1]
    let index = try #require(before.checkpoints.firstIndex { $0.kind == .sessionDoor })
    let record = ProgrammeRecord(
      event: before.event,
      onsiteConfirmed: 0,
      hasBadges: true,
      checkpoints: before.checkpoints.enumerated().map { PlacedCheckpoint($0.element, at: $0.offset) },
      sessions: before.sessions.map { .init($0) }
    )
    var renamed = before
    renamed.checkpoints[index].displayName = "The hall with another name"
    let update = try ProgrammeUpdate(renamed, on: record, path: "events[0]")
    let place = PlacedCheckpoint(renamed.checkpoints[index], at: index)
    #expect(update.checkpoints == [.update(place, from: PlacedCheckpoint(before.checkpoints[index], at: index))])
    #expect(update.sessions.isEmpty && update.moves.isEmpty && update.checkpointCount == before.checkpoints.count)
  }
}
