import GRPCCore
import LanyardAPI
package import LanyardClient
package import LanyardDomain
import LanyardStore
import SwiftProtobuf

/// Keeps a lane connected: connects, uploads what waits, goes on live, follows the roster, and begins anew when any of it
/// fails.
package struct LaneLink: Sendable {
  /// Thrown to end a connection that is given up.
  private struct Broken: Error {}

  /// How long a new connection may take until the lane is open.
  private static let openTimeout = Duration.seconds(5)
  private static let uploadTimeout = Duration.seconds(10)
  /// The most entries of one upload.
  private static let uploadSize = 256
  private static let renewalInterval = Duration.seconds(3600)
  private static let reportInterval = Duration.seconds(10)
  /// From a roster that could not be kept to the next try.
  private static let rosterPause = Duration.seconds(5)
  private static let pauses: [Duration] = [.milliseconds(100), .milliseconds(300), .seconds(1)]

  private let lane: Lane
  private let access: @Sendable () async throws -> ServerAccess
  private let renew: @Sendable (ServerClient, Instant?) async throws -> Void

  /// - Parameters:
  ///   - access: Where the server is and the credential, read anew for each connection.
  ///   - renew: Called with each new connection and every hour: renews the device's certificate when it is due. Gets the
  ///     server's time, or nil where the server rehearses and only the device's own clock is of today.
  package init(
    _ lane: Lane,
    access: @escaping @Sendable () async throws -> ServerAccess,
    renew: @escaping @Sendable (ServerClient, Instant?) async throws -> Void = { _, _ in }
  ) {
    self.lane = lane
    self.access = access
    self.renew = renew
  }

  /// Runs until it is cancelled or the device is revoked.
  package func run() async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        while !Task.isCancelled {
          await lane.tick()
          try? await Task.sleep(for: .milliseconds(50))
        }
      }
      await keepConnected()
      group.cancelAll()
    }
  }

  private func keepConnected() async {
    var failures = 0
    while !Task.isCancelled, await lane.state != .revoked {
      do {
        try await connectOnce()
      } catch let error as RPCError where CallFailure(error).reason == "DEVICE_REVOKED" {
        return await lane.revoked()
      } catch let error as RPCError where error.code == .unauthenticated || error.code == .permissionDenied {
        await lane.refused(CallFailure(error).message)
      } catch {}
      let wasOnline = await lane.state == .online
      await lane.lost()
      failures = wasOnline ? 0 : failures + 1
      try? await Task.sleep(for: Self.pauses[min(failures, Self.pauses.count - 1)])
    }
  }

  private func connectOnce() async throws {
    let access = try await access()
    let (broken, breaker) = AsyncStream.makeStream(of: Void.self)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for await _ in broken {}
        throw Broken()
      }
      group.addTask {
        try await Task.sleep(for: Self.openTimeout)
        switch await lane.state {
        case .connecting, .offline, .refused: throw Broken()
        case .online, .uploading, .revoked: try await Task.sleep(for: .seconds(Int64.max / 4_000_000_000))
        }
      }
      group.addTask {
        try await withServerConnection(access) { client in
          await lane.connecting(client, breaker: breaker)
          try await serve(client)
        }
        throw Broken()
      }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  private func serve(_ client: ServerClient) async throws {
    let (outgoing, stream) = AsyncStream.makeStream(of: LaneSession.Outgoing.self)
    let (openings, opening) = AsyncStream.makeStream(of: Void.self)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await LaneSession(client: client, checkpoint: lane.setup.checkpoint).run(outgoing) { event in
          switch event {
          case .opened(let message):
            await lane.opened(message, stream)
            opening.yield(())
          case .answered(let result): await lane.answered(result)
          }
        }
      }
      group.addTask {
        for await _ in openings {
          try await upload(client)
          await keepRenewed(client)
        }
      }
      group.addTask { try await followRoster(client) }
      group.addTask {
        while true {
          try await Task.sleep(for: Self.reportInterval)
          await lane.sendReport()
        }
      }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  /// Renews the certificate when it is due, for as long as the connection lasts. A lane whose certificate cannot be renewed
  /// goes on with the one that it has.
  private func keepRenewed(_ client: ServerClient) async {
    while !Task.isCancelled {
      do {
        try await renew(client, await lane.isRehearsal ? nil : await lane.now)
      } catch  where !Task.isCancelled {
        await lane.renewalFailed(error)
      } catch {}
      try? await Task.sleep(for: Self.renewalInterval)
    }
  }

  /// Uploads what waits, in order and in batches, until nothing does; then the lane is live.
  private func upload(_ client: ServerClient) async throws {
    let service = Lanyard_V1_CheckInService.Client(wrapping: client)
    var options = CallOptions.defaults
    options.timeout = Self.uploadTimeout
    while !(await lane.goLive()) {
      try Task.checkCancellation()
      let (request, orders) = try await lane.nextUpload(limit: Self.uploadSize)
      guard !orders.isEmpty else { continue }
      let response = try await service.uploadCheckIns(request, options: options)
      try await lane.uploaded(response, orders)
    }
  }

  private func followRoster(_ client: ServerClient) async throws {
    let service = Lanyard_V1_CheckInService.Client(wrapping: client)
    let checkpoint = lane.setup.checkpoint
    var request = Lanyard_V1_WatchRosterRequest()
    request.parent = "events/\(ResourcePart.event(of: checkpoint))"
    request.checkpoints = [checkpoint]
    while true {
      request.cursor = await lane.rosterCursor
      do {
        return try await service.watchRoster(request) { response in
          for try await message in response.messages { try await lane.take(message) }
        }
      } catch is StoreError {
        // The device's disk is full, which keeps no answer of the server back: what it could not keep comes again.
        try await Task.sleep(for: Self.rosterPause)
      }
    }
  }
}
