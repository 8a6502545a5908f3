import GRPCCore
import LanyardDomain
import LanyardMessages
import LanyardTexts
import NIOCore
import ServiceLifecycle

/// Says of a call that its client ended what it is: a service sees only that it is cancelled, as it is where the server
/// stops.
struct ClientsEnding: ServerInterceptor {
  /// How much before its deadline a call counts as ended by it: a client's clock and the network are not exact.
  private static let tolerance = Duration.milliseconds(100)

  func intercept<Input: Sendable, Output: Sendable>(
    request: StreamingServerRequest<Input>,
    context: ServerContext,
    next:
      @Sendable (StreamingServerRequest<Input>, ServerContext) async throws -> StreamingServerResponse<Output>
  ) async throws -> StreamingServerResponse<Output> {
    let deadline = Self.timeout(request.metadata).map { ContinuousClock.now + $0 - min($0 / 10, Self.tolerance) }
    @Sendable func told(_ error: any Error) -> any Error {
      guard context.isEndedByClient, Self.isEnding(error) else { return error }
      return Self.ending(isDue: deadline.map { $0 <= .now } ?? false)
    }
    do {
      return try await next(request, context).ending { try $0.mapError(told).get() }
    } catch {
      throw told(error)
    }
  }

  /// Whether an error may come of a cancellation, and not of what was asked or of a fault of the server.
  private static func isEnding(_ error: any Error) -> Bool {
    if error is CancellationError || (error as? RPCError)?.cause is UnexpectedError { return true }
    let code = (error as? RPCError)?.code ?? (error as? any RPCErrorConvertible)?.rpcErrorCode ?? .unknown
    return [.unavailable, .cancelled, .unknown].contains(code)
      && !RequestLog.isOurs(error, code, isCancelled: true)
  }

  /// The error of a call whose client has gone: nobody hears it.
  static func gone(_ cause: any Error) -> RPCError {
    var error = RPCError.make(.callCancelled, .errorCallCancelled)
    error.cause = cause
    return error
  }

  /// How a call ended, by its deadline or before.
  private static func ending(isDue: Bool) -> RPCError {
    isDue
      ? .make(.deadlineExceeded, .errorDeadlineExceeded)
      : .make(.callCancelled, .errorCallCancelled)
  }

  /// What a client says of the time that it gives: at most eight digits and a unit.
  static func timeout(_ metadata: Metadata) -> Duration? {
    var values = metadata[stringValues: "grpc-timeout"].makeIterator()
    guard let text = values.next(), let unit = text.last, let count = Int64(text.dropLast()), (0..<100_000_000) ~= count
    else { return nil }
    return switch unit {
    case "H": .seconds(count * 3600)
    case "M": .seconds(count * 60)
    case "S": .seconds(count)
    case "m": .milliseconds(count)
    case "u": .microseconds(count)
    case "n": .nanoseconds(count)
    default: nil
    }
  }
}

extension ServerContext {
  /// Whether the client has cancelled the call, its time has run out, or its connection was lost. A server that stops cancels
  /// calls too.
  var isEndedByClient: Bool { cancellation.isCancelled && !Task.isShuttingDownGracefully }
}
