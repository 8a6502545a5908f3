import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardSQLite
import LanyardStore
import LanyardTesting
import Logging
import ServiceLifecycle
import SwiftProtobuf
import Testing

@testable import LanyardServer

@Suite("Health")
struct HealthTests {
  private typealias Status = Grpc_Health_V1_HealthCheckResponse.ServingStatus

  @Test("Health says NOT_SERVING while the database file is away, SERVING when it is back, and tells watchers")
  func vanished() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let health = Grpc_Health_V1_Health.Client(wrapping: client)
        let file = server.folder.appending(path: "lanyard.sqlite")
        let aside = server.folder.appending(path: "aside")
        let told = try await health.watch(.with { $0.service = "lanyard.v1.CheckInService" }) { response in
          var told: [Status] = []
          for try await message in response.messages {
            told.append(message.status)
            let check = try await health.check(.init()).status
            #expect(check == message.status)
            switch told.count {
            case 1: try FileManager.default.moveItem(at: file, to: aside)
            case 2:
              await Self.expectGone(client)
              try FileManager.default.moveItem(at: aside, to: file)
            default: return told
            }
          }
          return told
        }
        #expect(told == [.serving, .notServing, .serving])
        _ = try await server.store.event(SampleData.forum)
      }
    }
  }

  @Test("A watcher of a service that is not there is told so, and does not keep the server from stopping")
  func unknown() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let statuses = try await Grpc_Health_V1_Health.Client(wrapping: client)
          .watch(.with { $0.service = "no.such.Service" }) { response in
            var statuses: [Status] = []
            for try await message in response.messages {
              statuses.append(message.status)
              await server.stop()
            }
            return statuses
          }
        #expect(statuses == [.serviceUnknown])
      }
    }
  }

  @Test("A watcher is told that the server stops")
  func stopping() async throws {
    try await ServerHarness.run { server in
      try await withServerConnection(server.access) { client in
        let statuses = try await Grpc_Health_V1_Health.Client(wrapping: client).watch(.init()) { response in
          var statuses: [Status] = []
          for try await message in response.messages {
            statuses.append(message.status)
            guard statuses.count == 1 else { continue }
            await server.stop()
          }
          return statuses
        }
        #expect(statuses == [.serving, .notServing])
      }
    }
  }

  @Test("A watcher is told that the server stops, also where the transport cancels the call before")
  func stoppingCancelled() async throws {
    let (told, tell) = AsyncStream.makeStream(of: Status.self)
    let watch = CancelledWatch(writer: Writer(tell: tell))
    let group = ServiceGroup(configuration: .init(services: [.init(service: watch)], logger: Logger(label: "test")))
    var statuses: [Status] = []
    try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask { try await group.run() }
      for await status in told {
        statuses.append(status)
        if statuses.count == 1 { await group.triggerGracefulShutdown() }
      }
      try await tasks.waitForAll()
    }
    #expect(statuses == [.serving, .notServing])
  }

  /// A watch that hears of the stop after its call was cancelled for it.
  private struct CancelledWatch: Service {
    let writer: Writer

    func run() async throws {
      defer { writer.tell.finish() }
      try await withServerContextRPCCancellationHandle { call in
        try await withGracefulShutdownHandler {
          try await HealthProvider(services: [], readiness: Readiness(), watches: 1, watchesPerAddress: 1).watch(
            request: .init(),
            response: RPCWriter(wrapping: writer),
            context: ServerContext(
              descriptor: Grpc_Health_V1_Health.Method.Watch.descriptor,
              remotePeer: "ipv4:127.0.0.1:1",
              localPeer: "ipv4:127.0.0.1:2",
              cancellation: call
            )
          )
        } onGracefulShutdown: {
          call.cancel()
        }
      }
    }
  }

  private struct Writer: RPCWriterProtocol {
    let tell: AsyncStream<Status>.Continuation

    func write(_ element: Grpc_Health_V1_HealthCheckResponse) async throws { tell.yield(element.status) }
    func write(contentsOf elements: some Sequence<Grpc_Health_V1_HealthCheckResponse>) async throws {
      for element in elements { tell.yield(element.status) }
    }
  }

  /// A check-in is an error that says what is wrong, and no answer.
  private static func expectGone(_ client: ServerClient) async {
    let error = await #expect(throws: RPCError.self) {
      try await Lanyard_V1_CheckInService.Client(wrapping: client).checkIn(
        .with {
          $0.checkpoint = "events/\(SampleData.forum)/checkpoints/entrance-lane-1"
          $0.scan.scanID = UUIDBytes.timeOrdered(at: SampleData.firstMorning).description
          $0.scan.code = "no badge"
        }
      )
    }
    #expect(error?.code == .unavailable)
    #expect(error.map { CallFailure($0).reason } == "STORE_GONE")
  }
}
