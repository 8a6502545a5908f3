import BadgeCodes
import BadgePrinting
import Foundation
import GRPCCore
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardStore
import LanyardTesting
import LanyardTexts
import Logging
import NIOCore
import SwiftProtobuf
import Testing

@testable import LanyardServer

@Suite("An error that no call is meant to end with")
struct UnexpectedErrorTests {
  private struct Secretive: Error { let name = "Ada Lovelace" }
  private enum Telling: Error { case person(String) }

  @Test(
    "has a reason and a sentence in each language, and keeps its kind and nothing that it says",
    arguments: Language.allCases
  )
  func kinds(language: Language) throws {
    let errors: [(any Error, String)] = [
      (QRSymbolError.tooLong, "BadgeCodes.QRSymbolError: "),
      (BadgeKeyError.wrongLength(3), "BadgeKeyError.wrongLength"),
      (DrawingError.drawing("Ada Lovelace"), "BadgePrinting.DrawingError.drawing"),
      (LaneMailbox.Abandoned(), ".Abandoned"),
      (Secretive(), ".Secretive"), (Telling.person("Ada Lovelace"), ".person"),
      (CocoaError(.fileNoSuchFile, userInfo: [NSFilePathErrorKey: "Ada Lovelace"]), "CocoaError"),
    ]
    for (error, kind) in errors {
      let told = language.told(error)
      #expect(CallFailure(told).reason == "UNEXPECTED" && told.code == .internalError)
      #expect(told.message == Phrasebook.of(language).text(.errorUnexpected))
      let kept = "\(try #require(told.cause))"
      #expect(kept.contains(kind) && !kept.contains("Lovelace"), "\(kept)")
      #expect(RequestLog.isOurs(told, told.code, isCancelled: false))
      #expect(!RequestLog.isOurs(told, told.code, isCancelled: true))
      // Told once more it is the same.
      #expect(language.told(told).message == told.message)
    }
  }

  @Test("is none of those that a cancelled call or a lost connection brings, which have reasons of their own")
  func endings() {
    for (error, reason) in [
      (CancellationError(), ErrorReason.serverStopping), (ChannelError.ioOnClosedChannel, .callCancelled),
      (IOError(errnoCode: ECONNRESET, reason: "read"), .callCancelled),
    ] as [(any Error, ErrorReason)] {
      let told = Language.english.told(error)
      #expect(CallFailure(told).known == reason && told.code == reason.code)
      #expect(!RequestLog.isOurs(told, told.code, isCancelled: false))
    }
  }

  @Test("leaves the transport's own as they are")
  func transport() {
    let told = Language.french.told(RPCError(code: .unimplemented, message: "no such method"))
    #expect(told.code == .unimplemented && CallFailure(told).source == .connection && told.message == "no such method")
  }

  @Test("reaches the caller as the service's, and the log as the server's fault, without what it was about")
  func overTheWire() async throws {
    let log = LogRecord()
    try await ServerHarness.run(logger: log.logger) { server in
      let code = String(repeating: "A", count: 5000)
      let now = SampleData.firstMorning
      let badge = try await withServerConnection(server.access) { client in
        let person = try await People(client).registration(1).name
        let draft = BadgeDraft(
          serial: .random(),
          registration: try ResourceName.registration(person, field: "name").id,
          code: code,
          keyID: try #require(try await server.store.signingKeys().first).id,
          validity: now..<now + .seconds(60)
        )
        let issued = try await server.store.issue(.test(now), [draft], of: SampleData.forum)
        return ResourceName.badge(try #require(issued.first).badge.serial, of: SampleData.forum)
      }
      var access = server.access
      access.language = "fr"
      let failure = await CheckInTests.failure {
        try await withServerConnection(access) { client in
          _ = try await Lanyard_V1_BadgeService.Client(wrapping: client).renderBadge(
            .with { ($0.name, $0.format) = (badge.description, .svg) }
          )
        }
      }
      #expect(failure?.source == .service && failure?.reason == "UNEXPECTED" && failure?.isServerOrNetwork == true)
      #expect(failure?.message == Phrasebook.of(.french).text(.errorUnexpected))
      #expect(log.levels.contains(.error) && log.text.contains("cause=BadgeCodes.QRSymbolError: "))
      #expect(!log.text.contains("AAAAA"))
    }
  }
}
