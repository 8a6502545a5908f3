import GRPCCore
import GRPCProtobuf
import LanyardAPI
import LanyardClient
import LanyardDomain
import LanyardMessages
import LanyardScanner
import SwiftProtobuf
import Synchronization

/// Organisers, lane screens and devices that look at the event while a run goes on.
struct RunWatchers: Sendable {
  /// From a call that ended to the next one, as a lane's screen has it.
  static let interval = Duration.seconds(2)
  /// The most watchers of one connection.
  private static let connectionLimit = 100

  let access: ServerAccess
  let venue: Venue
  let watchers: Scenario.Watchers
  let recorder: RunRecorder
  /// What they are told is put together there; nil where nobody compares it.
  var told: ToldHeadcounts?
  /// From a call that ended to another try.
  var pause = Self.interval

  private var count: Int { watchers.count }

  /// Everybody who has to show headcounts, with what they show now.
  var shown: [ToldHeadcounts.Watcher] {
    showing.map { told?.watcher($0, of: $1) ?? ToldHeadcounts.Watcher(checkpoint: $1) }
  }

  /// The same, with all that they were told by now.
  var allTold: [ToldHeadcounts.Told] { showing.compactMap { told?.told($0, of: $1) } }

  /// Who has to show headcounts, and of which door; nil for all.
  private var showing: [(number: Int, checkpoint: String?)] {
    (0..<watchers.attendance + watchers.screens).map {
      ($0, $0 < watchers.attendance ? nil : door($0 - watchers.attendance))
    }
  }

  /// Watches until it is cancelled.
  func run() async {
    await withDiscardingTaskGroup { group in
      for first in stride(from: 0, to: count, by: Self.connectionLimit) {
        group.addTask {
          while !Task.isCancelled {
            do {
              try await withLongServerConnection(access) {
                await watch($0, first..<min(first + Self.connectionLimit, count))
              }
            } catch {
              // The calls themselves are counted; this is a connection that cannot even be tried.
              if !Task.isCancelled {
                let isReported = recorder.record(RunOperation.connect, due: recorder.now, error: error)
                for number in first..<min(first + Self.connectionLimit, count) {
                  told?.forget(watcher: number, isReported: isReported)
                }
              }
            }
            await Task.pause(pause)
          }
        }
      }
    }
  }

  /// What the watchers of one connection do, first who watches the attendance, then screens, then who follows the roster.
  private func watch(_ client: ServerClient, _ numbers: Range<Int>) async {
    await withDiscardingTaskGroup { group in
      for number in numbers {
        let screen = number - watchers.attendance
        group.addTask {
          switch screen {
          case ..<0: await watch(.attendance, "", number, client)
          case ..<watchers.screens: await watch(.headcount, door(screen), number, client)
          default: await follow(door(screen - watchers.screens), number, client)
          }
        }
      }
    }
  }

  private func door(_ number: Int) -> String { venue.doors[number % venue.doors.count].name }

  /// Follows the headcounts, and begins again where the call ends.
  private func watch(_ operation: RunOperation, _ checkpoint: String, _ number: Int, _ client: ServerClient) async {
    while !Task.isCancelled {
      let due = recorder.now
      let call = WatchedCall(operation, due: due, watcher: number, recorder, told)
      do {
        try await client.serverStreaming(
          request: ClientRequest(
            message: Lanyard_V1_WatchAttendanceRequest.with {
              ($0.name, $0.checkpoint) = (try ResourceName.attendance(ofEvent: venue.event, field: "event"), checkpoint)
            }
          ),
          descriptor: Lanyard_V1_AttendanceService.Method.WatchAttendance.descriptor,
          serializer: ProtobufSerializer<Lanyard_V1_WatchAttendanceRequest>(),
          deserializer: HeadcountDeserializer(keepsCounts: told != nil),
          options: .defaults
        ) { response in
          told?.begin(watcher: number)
          var call = call
          for try await message in response.messages { call.take(message) }
          throw RPCError(code: .unavailable, message: "The server ended what is watched.")
        }
      } catch {
        if Task.isCancelled { return }
        let isReported = recorder.record(operation, due: due, error: error)
        told?.forget(watcher: number, isReported: isReported)
      }
      await Task.pause(pause)
    }
  }

  /// Follows a roster, and begins again where it had come to; the time is the one until the server says something.
  private func follow(_ checkpoint: String, _ number: Int, _ client: ServerClient) async {
    // Also where the call breaks, it is known how far it had come.
    let cursor = Mutex("")
    while !Task.isCancelled {
      let (from, due) = (cursor.withLock { $0 }, recorder.now)
      do {
        try await client.serverStreaming(
          request: ClientRequest(
            message: Lanyard_V1_WatchRosterRequest.with {
              ($0.parent, $0.checkpoints, $0.cursor) = (venue.event, [checkpoint], from)
              // As lanes of this version do, which are told what all are told.
              $0.knownRules = RosterRule.known
            }
          ),
          descriptor: Lanyard_V1_CheckInService.Method.WatchRoster.descriptor,
          serializer: ProtobufSerializer<Lanyard_V1_WatchRosterRequest>(),
          deserializer: RosterCursorDeserializer(),
          options: .defaults
        ) { response in
          var isTold = false
          for try await next in response.messages where !next.isEmpty {
            if !isTold { recorder.record(RunOperation.roster, due: due) }
            cursor.withLock { $0 = next }
            isTold = true
            recorder.noteTold(watcher: number)
          }
          guard isTold || !from.isEmpty else { throw RPCError(code: .unknown, message: "The server told no roster.") }
        }
      } catch {
        if Task.isCancelled { return }
        recorder.record(RunOperation.roster, due: due, error: error)
      }
      await Task.pause(pause)
    }
  }
}
