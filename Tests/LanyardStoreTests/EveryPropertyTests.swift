import Foundation
import LanyardDomain
import LanyardSQLite
import LanyardStore
import LanyardTesting
import Testing

@Suite("Each property of an event, a session and a checkpoint", .blocking)
struct EveryPropertyTests {
  @Test("Is kept by a store, as it came and as it is changed")
  func kept() async throws {
    try await withTemporaryFolder { folder in
      let store = try SQLiteStore(path: folder.appending(path: "lanyard.sqlite").path)
      var bare = ProgrammeEvent(
        event: BareValues.event,
        sessions: [BareValues.session],
        checkpoints: ["gate", "room-a", "room-b"].map(BareValues.checkpoint)
      )
      // Numbers are the store's to give.
      (bare.event.tracks, bare.event.stakeholderGroups, bare.event.guestRoles) = ([], [], [])
      var changed = bare
      changed.event = EveryProperty<Event>.ofEvent.changed(bare.event)
      changed.sessions[0] = EveryProperty<Session>.ofSession.changed(bare.sessions[0])
      changed.checkpoints[0] = EveryProperty<Checkpoint>.ofCheckpoint.changed(bare.checkpoints[0])
      // No import closes a checkpoint, or opens it again: that is done on the day.
      changed.checkpoints[0].isClosed = bare.checkpoints[0].isClosed
      for programme in [bare, changed] {
        _ = try await store.importProgramme(.test(), Programme(events: [programme]), insisting: true)
        let slug = programme.event.slug
        #expect(try await store.event(slug).event == programme.event)
        let sessions = try await store.sessions(of: slug, PageRequest(size: 9)).items
        #expect(sessions == programme.sessions)
        let address = CheckpointAddress(event: slug, checkpoint: "gate")
        #expect(try await store.checkpoint(address) == programme.checkpoints[0])
      }
    }
  }
}
