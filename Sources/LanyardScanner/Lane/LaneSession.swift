import GRPCCore
import GRPCNIOTransportHTTP2Posix
package import LanyardAPI
package import LanyardClient
package import LanyardDomain
import LanyardMessages
import SwiftProtobuf

/// A lane's live stream to the server.
package struct LaneSession: Sendable {
  /// One reading to send.
  package struct Reading: Sendable {
    package var id: UUIDBytes
    /// The id under which it was handed in; a lane that answers it late by itself gives it another id.
    package let handedInAs: UUIDBytes
    package let code: String
    /// A badge that was found by name, in place of a code.
    package var badge: ResourceName?
    /// Nil leaves it to the checkpoint.
    package let direction: Direction?
    /// By the device's clock.
    package let readAt: Instant
    package var override: OverrideNote?
    /// Says that the person is outside, whom nobody scanned out.
    package var missedExit: OverrideNote?
    /// When the person was admitted before that, as the refusal says that the operator answers.
    package var missedExitAfter: Instant?

    /// A reading made now, with an id of its own.
    package init(code: String, direction: Direction?, readAt: Instant) {
      self.init(id: .timeOrdered(at: readAt), code: code, direction: direction, readAt: readAt)
    }

    /// A reading whose id was made elsewhere.
    package init(id: UUIDBytes, code: String, direction: Direction?, readAt: Instant) {
      (self.id, handedInAs) = (id, id)
      self.code = code
      self.direction = direction
      self.readAt = readAt
    }

    /// The reading as the contract has it.
    package var message: Lanyard_V1_Scan {
      Lanyard_V1_Scan(
        id: id,
        code: code,
        badge: badge,
        direction: direction,
        scannedAt: readAt,
        override: override,
        missedExit: missedExit,
        missedExitAfter: missedExitAfter
      )
    }
  }

  /// What is sent to the server.
  package enum Outgoing: Sendable {
    case reading(Reading)
    /// How the device is.
    case report(Lanyard_V1_DeviceReport)
  }

  /// What the server says.
  package enum Event: Sendable {
    /// The lane is open.
    case opened(Lanyard_V1_StreamCheckInsResponse.LaneOpened)
    /// The answer to a reading; answers come in the order of the readings.
    case answered(Lanyard_V1_StreamCheckInsResponse.Result)
  }

  private let client: ServerClient
  /// Resource name of the checkpoint.
  private let checkpoint: String

  package init(client: ServerClient, checkpoint: String) {
    self.client = client
    self.checkpoint = checkpoint
  }

  /// Sends readings as they come and hands over what the server says, until the readings end and all are answered.
  ///
  /// - Throws: `RPCError` where the stream fails; what was not answered by then may or may not be recorded.
  package func run(
    _ outgoing: some AsyncSequence<Outgoing, Never> & Sendable,
    _ handle: @escaping @Sendable (Event) async -> Void
  ) async throws {
    let service = Lanyard_V1_CheckInService.Client(wrapping: client)
    try await service.streamCheckIns { writer in
      try await writer.write(.with { $0.checkpoint = checkpoint })
      for await item in outgoing {
        switch item {
        case .reading(let reading): try await writer.write(.with { $0.scans = [reading.message] })
        case .report(let report): try await writer.write(.with { $0.report = report })
        }
      }
    } onResponse: { response in
      for try await message in response.messages {
        if message.hasOpened { await handle(.opened(message.opened)) }
        for result in message.results { await handle(.answered(result)) }
      }
    }
  }
}
