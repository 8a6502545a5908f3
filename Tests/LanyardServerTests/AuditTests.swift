import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardSQLite
import LanyardServer
import LanyardStore
import LanyardTesting
import SwiftProtobuf
import Testing

@Suite("The record of changes over the wire", .blocking)
struct AuditTests {
  @Test("An organiser finds who cancelled a registration, from where and under which request, and nobody else may look")
  func listsChanges() async throws {
    try await ServerHarness.run { server in
      let store = server.store
      let details = try await SampleData.person(1).validated(for: store.event(SampleData.forum).event)
      let person = try await store.register(.test(), details, for: SampleData.forum, request: nil)
      let name = "events/\(SampleData.forum)/registrations/\(person.id)"
      try await withServerConnection(server.access) { client in
        let registrations = Lanyard_V1_RegistrationService.Client(wrapping: client)
        let cancel = Lanyard_V1_CancelRegistrationRequest.with { $0.name = name }
        _ = try await registrations.cancelRegistration(cancel, metadata: ["x-request-id": "0af7651916cd43dd"])
        let feed = Lanyard_V1_FeedService.Client(wrapping: client)
        var request = Lanyard_V1_ListAuditEntriesRequest()
        request.parent = "events/\(SampleData.forum)"
        request.resource = name
        let entries = try await feed.listAuditEntries(request).entries
        #expect(entries.map(\.change) == ["registration.created", "registration.cancelled"])
        for malformed in ["registrations/\(person.id)", "events/\(SampleData.forum)/people/1", "stores"] {
          let request = Lanyard_V1_ListAuditEntriesRequest.with {
            ($0.parent, $0.resource) = ("events/\(SampleData.forum)", malformed)
          }
          let refused = await #expect(throws: RPCError.self) { try await feed.listAuditEntries(request) }
          let fields = refused.map { CallFailure($0).fields.map(\.name) }
          #expect(fields == ["resource"], "\(malformed)")
        }
        let last = try #require(entries.last)
        #expect(last.actorKind == .token && last.actor == server.organiser.id)
        #expect(last.address == "127.0.0.1" && last.requestID == "0af7651916cd43dd")
        #expect(last.before.fields["state"]?.stringValue == "CONFIRMED")
        #expect(last.after.fields["state"]?.stringValue == "CANCELLED")
        request.pageSize = 1
        let first = try await feed.listAuditEntries(request)
        request.pageToken = first.nextPageToken
        #expect(try await feed.listAuditEntries(request).entries == [last])
        let own = try await feed.listAuditEntries(.with { $0.parent = "events/-" }).entries
        #expect(own.contains { $0.change == "token.created" && $0.resource == "tokens/\(server.organiser.id)" })
      }
      for role in [Role.desk, .scanner, .viewer] {
        let access = server.access(try await server.token(role).text)
        await #expect(throws: RPCError.self) {
          try await withServerConnection(access) { client in
            let feed = Lanyard_V1_FeedService.Client(wrapping: client)
            _ = try await feed.listAuditEntries(.with { $0.parent = "events/-" })
          }
        }
      }
    }
  }

  @Test("A call without an id, or with one that may name somebody, is recorded under an id of the server's")
  func makesRequestIDs() async throws {
    try await ServerHarness.run { server in
      let address = CheckpointAddress(event: SampleData.forum, checkpoint: "entrance-lane-1")
      try await withServerConnection(server.access) { client in
        let events = Lanyard_V1_EventService.Client(wrapping: client)
        let words = [
          "a b\u{1B}", "Vv9name.Vv9fam", "Adele", "desk-7", "ABADFACADEDECAF", String(repeating: "a", count: 65),
        ]
        let sent: [Metadata] = [[:]] + words.map { ["x-request-id": .string($0)] }
        for (number, sent) in sent.enumerated() {
          let request = Lanyard_V1_UpdateCheckpointRequest.with {
            $0.checkpoint.name = "events/\(address.event)/checkpoints/\(address.checkpoint)"
            $0.checkpoint.closed = number.isMultiple(of: 2)
            $0.updateMask.paths = ["closed"]
          }
          _ = try await events.updateCheckpoint(request, metadata: sent)
        }
      }
      var filter = AuditFilter(event: SampleData.forum)
      filter.resource = "events/\(address.event)/checkpoints/\(address.checkpoint)"
      let entries = try await server.store.auditEntries(filter, PageRequest(size: 10)).items
      let ids = entries.filter { $0.name == "checkpoint.updated" }.map(\.act.requestID)
      #expect(ids.count == 7 && Set(ids).count == 7)
      #expect(ids.allSatisfy { UUIDBytes($0) != nil })
    }
  }
}
