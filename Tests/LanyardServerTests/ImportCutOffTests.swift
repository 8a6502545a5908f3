import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardServer
import LanyardStore
import LanyardTesting
import SwiftProtobuf
import Testing

@Suite("Imports that are cut off", .blocking, .hangGuard)
struct ImportCutOffTests {
  private typealias Request = Lanyard_V1_ImportRegistrationsRequest
  private struct CutOff: Error {}

  private static let forum = "events/\(SampleData.forum)"
  /// Rows of a message, and messages of the whole import.
  private static let (rows, parts) = (50, 4)

  private static func part(_ number: Int) -> Request {
    .with { request in
      request.rows = (1...rows).map { row in
        let person = (number - 1) * rows + row
        return .with { ($0.row, $0.registration) = (Int32(person + 1), People.message(person)) }
      }
    }
  }

  /// Runs once the trail tells of somebody who is registered.
  private static func afterFirst(_ client: ServerClient) async throws {
    try await Lanyard_V1_FeedService.Client(wrapping: client).watchChanges(
      .with { ($0.parent, $0.fromStart) = (forum, true) }
    ) { response in
      for try await message in response.messages
      where message.entries.contains(where: { $0.change.change == "registration.created" }) { return }
    }
  }

  /// Sends half of an import, and no more.
  private static func half(_ client: ServerClient, givingUp: Bool) async throws {
    let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
    _ = try await service.importRegistrations { writer in
      try await writer.write(.with { $0.parent = forum })
      for number in 1...parts / 2 { try await writer.write(part(number)) }
      try await afterFirst(client)
      if givingUp { throw CutOff() }
      try await Task.sleep(for: .seconds(600))
    }
  }

  @Test(
    "What was taken is whole and on record, and the same file again completes it",
    arguments: ["the client gives up", "the connection is gone"]
  )
  func cutOff(how: String) async throws {
    try await ServerHarness.run { server in
      let access = server.access
      await withTaskGroup(of: Void.self) { group in
        group.addTask {
          // Whatever it ends with: the server is to have what it took.
          _ = await CheckInTests.failure {
            try await withServerConnection(access) { try await Self.half($0, givingUp: how == "the client gives up") }
          }
        }
        if how != "the client gives up" {
          // With its task the connection of the import ends, half of which is sent.
          _ = await CheckInTests.failure { try await withServerConnection(access) { try await Self.afterFirst($0) } }
          group.cancelAll()
        }
        await group.waitForAll()
      }
      try await withServerConnection(access) { client in
        let service = Lanyard_V1_RegistrationService.Client(wrapping: client)
        func taken() async throws -> Int {
          Int(try await service.listRegistrations(.with { $0.parent = Self.forum }).totalSize)
        }
        let kept = try await taken()
        // A message is taken or it is not.
        #expect([Self.rows, 2 * Self.rows].contains(kept), "\(kept)")
        #expect(try await server.store.verifyTrail { _ in }.broken == nil)
        let response = try await service.importRegistrations { writer in
          try await writer.write(.with { $0.parent = Self.forum })
          for number in 1...Self.parts { try await writer.write(Self.part(number)) }
        }
        // A message that was being written when it was cut off may have come through since.
        let before = Int(response.unchanged)
        #expect(before >= kept && before.isMultiple(of: Self.rows), "\(before)")
        #expect(Int(response.imported) + before == Self.parts * Self.rows && response.refusedCount == 0)
        #expect(try await taken() == Self.parts * Self.rows)
        #expect(try await server.store.verifyTrail { _ in }.broken == nil)
      }
    }
  }
}
