import LanyardAPI
import LanyardDomain
import LanyardMessages
import LanyardTesting
import LanyardTexts
import SwiftProtobuf
import Testing

@Suite("Masks of updates") struct UpdateMaskTests {
  private static func mask(_ paths: [String]) -> Google_Protobuf_FieldMask { .with { $0.paths = paths } }

  /// Reads the mask of each request that has one, and says what is wrong with it.
  private static func faults(_ paths: [String]) -> [InvalidInput?] {
    func fault(_ read: () throws(InvalidInput) -> Void) -> InvalidInput? {
      do throws(InvalidInput) { try read() } catch { return error }
      return nil
    }
    return [
      fault { () throws(InvalidInput) in
        _ = try CheckpointChange(.with { ($0.updateMask, $0.checkpoint.directions) = (mask(paths), .both) })
      },
      fault { () throws(InvalidInput) in
        _ = try DeviceChange(
          .with { $0.updateMask = mask(paths) },
          displayName: { name throws(InvalidInput) in name },
          checkpoints: { names throws(InvalidInput) in names }
        )
      },
      fault { () throws(InvalidInput) in _ = try AttentionChange(.with { $0.updateMask = mask(paths) }) },
    ]
  }

  @Test("Name only what can be changed, and say what that is", arguments: ["*", "name", "Closed", "closed ", ""])
  func other(path: String) throws {
    let known = ["closed, capacity", "display_name, checkpoints", "attention"]
    for (fault, known) in zip(Self.faults([path]), known) {
      let violation = try #require(fault?.violations.first)
      #expect(violation.field == "update_mask" && violation.reason(in: .english).contains(known))
      #expect(!violation.reason(in: .english).contains("re_entry_allowed"))
    }
  }

  @Test(
    "Name the fields of a registration as the contract does, and not as tables may",
    arguments: ["POSITION", " position ", "given name"]
  )
  func ofRegistration(path: String) throws {
    let request = Lanyard_V1_UpdateRegistrationRequest.with { $0.updateMask = Self.mask([path]) }
    let fault = #expect(throws: InvalidInput.self) {
      try RegistrationChange(request, for: SampleData.programme().events[0].event)
    }
    #expect(fault?.violations.first?.field == "update_mask")
  }

  @Test("Are needed, but for what is noted about a badge, where none stands for all") func empty() throws {
    let faults = Self.faults([])
    #expect(faults.map { $0?.violations.map(\.field) } == [["update_mask"], ["update_mask"], nil])
    let change = try AttentionChange(
      .with { ($0.badge.attention, $0.badge.attentionNote) = (.escort, "Call the host.") }
    )
    #expect(change == AttentionChange(attention: .escort, note: "Call the host."))
  }

  @Test("Change what they name and nothing else") func named() throws {
    let request = Lanyard_V1_UpdateCheckpointRequest.with {
      ($0.checkpoint.closed, $0.checkpoint.capacity, $0.checkpoint.reEntryAllowed) = (true, 7, true)
      $0.updateMask.paths = ["closed"]
    }
    var closed = CheckpointChange()
    closed.isClosed = true
    #expect(try CheckpointChange(request) == closed)
    // What older clients send.
    let older = Lanyard_V1_UpdateCheckpointRequest.with {
      ($0.checkpoint.reEntryAllowed, $0.updateMask.paths) = (true, ["re_entry_allowed"])
    }
    var reentry = CheckpointChange()
    reentry.reentry = .afterLeaving
    #expect(try CheckpointChange(older) == reentry)
    let note = try AttentionChange(
      .with { ($0.badge.attention, $0.badge.attentionNote, $0.updateMask.paths) = (.escort, "x", ["attention_note"]) }
    )
    #expect(note == AttentionChange(note: "x"))
  }

  @Test("Name what a request was made to change, and that comes back as itself") func made() throws {
    var checkpoints: [CheckpointChange] = [CheckpointChange()]
    for isClosed in [nil, true, false] as [Bool?] {
      for capacity in [nil, .some(nil), .some(7)] as [Int??] {
        for directions in [nil] + Checkpoint.Directions.allCases.map(Optional.some) {
          for reentry in [nil] + Checkpoint.Reentry.allCases.map(Optional.some) {
            var change = CheckpointChange()
            (change.isClosed, change.capacity) = (isClosed, capacity)
            (change.directions, change.reentry) = (directions, reentry)
            checkpoints.append(change)
          }
        }
      }
    }
    for change in checkpoints where change != CheckpointChange() {
      let request = Lanyard_V1_UpdateCheckpointRequest(change, of: "events/e/checkpoints/c")
      #expect(request.checkpoint.name == "events/e/checkpoints/c")
      #expect(try CheckpointChange(request) == change)
    }
    for attention in [nil] + Attention.allCases.map(Optional.some) {
      for note in [nil, "", "Call."] as [String?] where attention != nil || note != nil {
        let change = AttentionChange(attention: attention, note: note)
        let request = Lanyard_V1_UpdateBadgeRequest(change, of: "n", etag: "e")
        #expect(request.badge.name == "n" && request.badge.etag == "e")
        #expect(try AttentionChange(request) == change)
      }
    }
    for (name, ids, supervisor) in [("Lane", nil, nil), (nil, [], true), ("", ["a", "b"], false)]
      as [(String?, [String]?, Bool?)]
    {
      var change = DeviceChange()
      (change.displayName, change.checkpoints, change.isSupervisor) = (name, ids, supervisor)
      let request = Lanyard_V1_UpdateDeviceRequest(change, of: .device("d", of: "e"), in: "e")
      #expect(request.device.name == "events/e/devices/d")
      let read = try DeviceChange(
        request,
        displayName: { name throws(InvalidInput) in name },
        checkpoints: { names throws(InvalidInput) in
          try ResourceName.checkpoints(names, of: "e", limit: 2, field: "checkpoints")
        }
      )
      #expect(read == change)
    }
    for archived in [true, false] {
      let request = Lanyard_V1_UpdateEventRequest(archived: archived, of: "events/e")
      #expect(try EventChange(request) == EventChange(isArchived: archived))
    }
  }
}
