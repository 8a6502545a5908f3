import Foundation
import GRPCCore
import LanyardAPI
import LanyardCertificates
package import LanyardClient
package import LanyardDomain
import LanyardMessages
import LanyardTexts
import SwiftProtobuf

/// Keeps a lane connected: connects, uploads what waits, goes on live, follows the roster, and begins anew when any of it
/// fails.
package struct LaneLink: Sendable {
  /// Thrown to end a connection that is given up; why, where the lane does not know it yet.
  private struct Broken: Error {
    var cause: Sentence?
  }

  /// How long a new connection may take until the server has answered: that the lane is open, or that its device scans elsewhere.
  package static let openTimeout = Duration.seconds(5)
  /// How long an upload may take; a journal of another lane is locked meanwhile.
  package static let uploadTimeout = Duration.seconds(10)
  private static let renewalInterval = Duration.seconds(3600)
  private static let reportInterval = Duration.seconds(10)
  /// From a roster that could not be kept, or was not told, to the next try.
  private static let rosterPause = Duration.seconds(5)
  /// From one look at the other journals of the folder to the next.
  private static let lookInterval = Duration.seconds(10)
  /// The same while nobody but the device itself knows what its lanes do.
  private static let lookIntervalAlone = Duration.seconds(2)
  /// Between two batches of another journal, for a lane that begins to use it.
  private static let batchPause = Duration.milliseconds(100)
  /// After how long the connection for calls beside the stream is closed until the next call.
  private static let idleTime = Duration.seconds(60)
  /// Why a server ends a roster while it goes on to answer scans.
  private static let rosterReasons: [ErrorReason?] = [.readerTooSlow, .tooManyWatches, .unknownValue, .storeFailed]
  private static let pauses: [Duration] = [.milliseconds(100), .milliseconds(300), .seconds(1)]
  /// The same after a server has said that it takes nothing now: each try costs it a transaction and a line in its log.
  private static let nothingTakenPause = Duration.seconds(5)

  private let lane: Lane
  private let folder: JournalFolder?
  private let openTimeout: Duration
  private let access: @Sendable () async throws -> ServerAccess
  private let learn: @Sendable (ServerClient) async throws -> DeviceIdentity?
  private let renew: @Sendable (ServerClient, Instant?) async throws -> Void

  /// - Parameters:
  ///   - folder: Where the lane's journal lies beside others, which are uploaded too.
  ///   - openTimeout: How long a new connection may take; only tests need another.
  ///   - access: Where the server is and the credential, read anew for each connection.
  ///   - learn: Called with each new connection: what the device is by now; nil where the lane has none.
  ///   - renew: Called with each new connection and every hour: renews the device's certificate when it is due. Gets the
  ///     server's time, or nil where the server rehearses and only the device's own clock is of today.
  package init(
    _ lane: Lane,
    folder: JournalFolder? = nil,
    openTimeout: Duration = Self.openTimeout,
    access: @escaping @Sendable () async throws -> ServerAccess,
    learn: @escaping @Sendable (ServerClient) async throws -> DeviceIdentity? = { _ in nil },
    renew: @escaping @Sendable (ServerClient, Instant?) async throws -> Void = { _, _ in }
  ) {
    self.lane = lane
    (self.folder, self.openTimeout) = (folder, openTimeout)
    self.access = access
    self.learn = learn
    self.renew = renew
  }

  /// Runs until it is cancelled or the device is revoked.
  package func run() async {
    await withTaskGroup(of: Void.self) { group in
      group.addTask {
        while !Task.isCancelled {
          await lane.tick()
          await Task.pause(.milliseconds(50))
        }
      }
      group.addTask {
        while !Task.isCancelled {
          await look()
          await Task.pause(await lane.isAlone ? Self.lookIntervalAlone : Self.lookInterval)
        }
      }
      await keepConnected()
      group.cancelAll()
    }
  }

  private func keepConnected() async {
    var failures = 0
    while !Task.isCancelled, await lane.state != .revoked {
      var cause: Sentence?
      var isTaken = true
      do {
        try await connectOnce()
      } catch let error as RPCError where CallFailure(error).known == .deviceRevoked {
        return await forgetPeople()
      } catch let error as RPCError where CallFailure(error).isRefusal {
        await lane.refused(CallFailure(error).sentence)
      } catch {
        // Whatever else it is, the lane goes on by itself, and says what.
        cause = Self.sentence(of: error)
        isTaken = !Self.saysThatNothingIsTaken(error)
      }
      let wasOnline = await lane.state == .online
      await lane.lost(cause)
      failures = wasOnline ? 0 : failures + 1
      await Task.pause(isTaken ? Self.pauses[min(failures, Self.pauses.count - 1)] : Self.nothingTakenPause)
    }
  }

  private static func saysThatNothingIsTaken(_ error: any Error) -> Bool {
    if let error = error as? RPCError { return CallFailure(error).known.flatMap(RecordingFault.init)?.lasts ?? false }
    return error is NothingTaken
  }

  /// Whether a server that did not take an upload has nothing of it on record.
  private static func tookNothing(_ error: RPCError) -> Bool {
    let failure = CallFailure(error)
    return failure.isRefusal || failure.known.flatMap(RecordingFault.init)?.mayHaveRecorded == false
  }

  /// The device was revoked: erases everybody whom it knows of, wherever in its folder. Doing so twice changes nothing.
  package func forgetPeople() async {
    await lane.revoked()
    do {
      try folder?.forgetPeople()
    } catch {
      await lane.note(Sentence(.laneRosterNotErased, ["cause": .sentence(.of(error))]), of: .erasure)
    }
  }

  /// What an operator is told of an error; nil where it is none.
  static func sentence(of error: any Error) -> Sentence? {
    switch error {
    case let error as Broken: error.cause
    case is CancellationError: nil
    case is JournalError: Sentence(.laneDiskFails, ["cause": .sentence(.of(error))])
    default: .of(error)
    }
  }

  /// Whether an error is the device's own disk's or folder's, not the connection's or of its end.
  private static func isOfDisk(_ error: any Error) -> Bool {
    switch error {
    case is CocoaError, is JournalError, is FileFault, is DeviceFault: true
    default: false
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
        try await Task.sleep(for: openTimeout)
        guard await lane.hasHeard else { throw Broken(cause: Sentence(.laneServerSilent)) }
        try await Task.untilCancelled()
      }
      group.addTask {
        try await withLongServerConnection(access) { client in
          await lane.connecting(breaker: breaker)
          try await goByDevice(client)
          try await serve(client, access)
        }
        throw Broken()
      }
      defer { group.cancelAll() }
      try await group.next()
    }
  }

  /// Goes by what the device is by now: who may override, and whether it may scan here.
  ///
  /// - Throws: `Broken` where it scans elsewhere now, or is for what this version does not know, which the operator is told.
  private func goByDevice(_ client: ServerClient) async throws {
    do {
      guard let device = try await learn(client) else { return }
      await lane.learned(isSupervisor: device.isSupervisor)
      guard !device.mayScan(at: lane.checkpoint) else { return }
      let places: [String: Sentence.Fact] = ["places": .list(device.checkpoints.map(\.displayName))]
      await lane.moved(Sentence(.laneMoved, places))
      try await uploadShutOut(client)
      throw Broken()
    } catch let unknown as InvalidInput {
      await lane.refused(.deviceNeedsUpdate(unknown))
      throw Broken()
    } catch let error where Self.isOfDisk(error) {
      // The folder cannot be written; the lane goes on with what it knows.
      await lane.note(Sentence(.laneDiskFails, ["cause": .sentence(.of(error))]), of: .disk)
    }
  }

  /// Keeps the stream and the roster on this connection, and all other calls on another.
  private func serve(_ client: ServerClient, _ access: ServerAccess) async throws {
    let (outgoing, stream) = AsyncStream.makeStream(of: LaneSession.Outgoing.self)
    let (openings, opening) = AsyncStream.makeStream(of: Void.self)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        try await LaneSession(client: client, checkpoint: lane.checkpoint.name.description).run(outgoing) {
          event in
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
          var access = access
          access.idleTime = Self.idleTime
          try await withLongServerConnection(access) { try await serveCalls($0) }
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

  private func serveCalls(_ client: ServerClient) async throws {
    await lane.mayCall(client)
    try await upload(client)
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await keepRenewed(client) }
      group.addTask { await keepLeftUploaded(client) }
    }
  }

  /// Renews the certificate when it is due, for as long as the connection lasts. A lane whose certificate cannot be renewed
  /// goes on with the one that it has.
  private func keepRenewed(_ client: ServerClient) async {
    while !Task.isCancelled {
      do {
        try await renew(client, await lane.isRehearsal ? nil : await lane.now)
        await lane.note(nil, of: .renewal)
      } catch  where !Task.isCancelled {
        await lane.note(Sentence(.laneNotRenewed, ["cause": .sentence(.of(error))]), of: .renewal)
      } catch {}
      await Task.pause(Self.renewalInterval)
    }
  }

  /// Uploads what waits, in order and in batches, until nothing does; then the lane is live.
  private func upload(_ client: ServerClient) async throws {
    while !(await lane.goLive()) {
      // The stream may be gone while this connection still stands: the next one goes on.
      guard await lane.isConnected else { throw Broken() }
      _ = try await uploadNext(client)
    }
  }

  /// Uploads a batch of the lane's own; false where nothing waits.
  private func uploadNext(_ client: ServerClient) async throws -> Bool {
    let (batch, request) = try await lane.nextUpload(limit: RequestLimit.upload)
    guard !batch.orders.isEmpty else { return false }
    do {
      try await lane.uploaded(try await send(request, client), batch)
    } catch let error as RPCError where Self.tookNothing(error) {
      await lane.notTaken(batch)
      throw error
    }
    return true
  }

  /// Uploads what waits on a device that scans elsewhere now: it happened, whether the lane is let in again or not.
  private func uploadShutOut(_ client: ServerClient) async throws {
    while try await uploadNext(client) {}
    while try await uploadLeft(client) { await look() }
  }

  private func send(
    _ request: Lanyard_V1_UploadCheckInsRequest,
    _ client: ServerClient
  ) async throws -> Lanyard_V1_UploadCheckInsResponse {
    var options = CallOptions.defaults
    options.timeout = Self.uploadTimeout
    return try await Lanyard_V1_CheckInService.Client(wrapping: client).uploadCheckIns(request, options: options)
  }

  /// Uploads what waits in the folder's other journals, for as long as the connection lasts. A lane that cannot goes on
  /// scanning all the same.
  private func keepLeftUploaded(_ client: ServerClient) async {
    while !Task.isCancelled {
      do {
        while try await uploadLeft(client) {
          await look()
          await Task.pause(Self.batchPause)
        }
        await lane.note(nil, of: .left)
      } catch {
        if let cause = Self.sentence(of: error), !Task.isCancelled {
          await lane.note(Sentence(.laneLeftNotUploaded, ["cause": .sentence(cause)]), of: .left)
        }
      }
      await Task.pause(Self.lookInterval)
    }
  }

  /// Uploads a batch of another journal; false where there is none.
  private func uploadLeft(_ client: ServerClient) async throws -> Bool {
    guard let folder else { return false }
    return try await folder.withNext { journal in
      let batch = try journal.nextBatch(limit: RequestLimit.upload, at: lane.clock.now)
      guard !batch.orders.isEmpty else { return }
      let response = try await send(await lane.request(batch), client)
      await lane.note(try journal.settle(response, of: batch))
    }
  }

  /// Counts what waits in the folder's other journals, and says so where that has changed; a lane that answers by itself hears what
  /// the device's others did.
  package func look() async {
    guard let folder else { return }
    do {
      let waiting = try folder.waiting()
      try await lane.lookElsewhere(folder)
      await lane.note(try folder.unreadable().first?.faultSentence, of: .unreadable)
      guard await lane.leftWaiting != waiting else { return }
      await lane.noteLeft(waiting)
      await lane.sendReport()
    } catch {
      await lane.note(Sentence(.laneLeftUnreadable, ["cause": .sentence(.of(error))]), of: .unreadable)
    }
  }

  private func followRoster(_ client: ServerClient) async throws {
    let service = Lanyard_V1_CheckInService.Client(wrapping: client)
    let checkpoint = lane.checkpoint
    var request = Lanyard_V1_WatchRosterRequest()
    request.parent = ResourceName.event(checkpoint.event).description
    request.checkpoints = [checkpoint.name.description]
    request.knownRules = RosterRule.known
    while true {
      request.cursor = await lane.rosterCursor
      do {
        return try await service.watchRoster(request) { response in
          for try await message in response.messages {
            try folder?.forget(message.entries)
            try await lane.waitForUpload()
            try await lane.takeOnConnection(message)
          }
        }
      } catch is JournalError {
        await lane.rosterEnded()
        // The device's disk is full, which keeps no answer of the server back: what it could not keep comes again.
        try await Task.sleep(for: Self.rosterPause)
      } catch let error as RPCError where Self.rosterReasons.contains(CallFailure(error).known) {
        await lane.rosterEnded()
        await lane.note(Sentence(.laneRosterOld, ["cause": .sentence(.of(error))]), of: .roster)
        try await Task.sleep(for: Self.rosterPause)
      }
    }
  }
}
