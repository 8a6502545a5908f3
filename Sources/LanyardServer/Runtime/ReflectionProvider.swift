import Foundation
import GRPCCore
import LanyardAPI
import SwiftProtobuf

/// `grpc.reflection.v1.ServerReflection`: answers from the descriptors that the code was generated with.
struct ReflectionProvider: Grpc_Reflection_V1_ServerReflection.SimpleServiceProtocol {
  private let services: [String]
  private let files: [String: Google_Protobuf_FileDescriptorProto]
  /// File by the full name of each symbol in it.
  private let symbols: [String: String]

  init() throws {
    let bytes = Data(base64Encoded: descriptorSetBase64) ?? Data()
    let set = try Google_Protobuf_FileDescriptorSet(serializedBytes: bytes)
    files = Dictionary(uniqueKeysWithValues: set.file.map { ($0.name, $0) })
    var symbols: [String: String] = [:]
    for file in set.file {
      for symbol in Self.symbols(of: file) { symbols[symbol] = file.name }
    }
    self.symbols = symbols
    services = set.file.flatMap { file in file.service.map { "\(file.package).\($0.name)" } }.sorted()
  }

  /// Full names of the services that the descriptors describe.
  var serviceNames: [String] { services }

  func serverReflectionInfo(
    request: RPCAsyncSequence<Grpc_Reflection_V1_ServerReflectionRequest, any Error>,
    response: RPCWriter<Grpc_Reflection_V1_ServerReflectionResponse>,
    context: ServerContext
  ) async throws {
    for try await message in request {
      try await response.write(try answer(message))
    }
  }

  func answer(
    _ request: Grpc_Reflection_V1_ServerReflectionRequest
  ) throws -> Grpc_Reflection_V1_ServerReflectionResponse {
    var response = Grpc_Reflection_V1_ServerReflectionResponse()
    response.validHost = request.host
    response.originalRequest = request
    switch request.messageRequest {
    case .listServices:
      response.listServicesResponse.service = services.map { name in .with { $0.name = name } }
    case .fileByFilename(let name):
      try describe(files[name], in: &response)
    case .fileContainingSymbol(let symbol):
      try describe(symbols[symbol].flatMap { files[$0] }, in: &response)
    case .fileContainingExtension, .allExtensionNumbersOfType:
      fail(.notFound, "there are no extensions here", in: &response)
    case nil:
      fail(.invalidArgument, "message_request is missing", in: &response)
    }
    return response
  }

  private func describe(
    _ file: Google_Protobuf_FileDescriptorProto?,
    in response: inout Grpc_Reflection_V1_ServerReflectionResponse
  ) throws {
    guard let file else { return fail(.notFound, "there is no such file or symbol here", in: &response) }
    var found: [String: Google_Protobuf_FileDescriptorProto] = [:]
    var open = [file]
    while let next = open.popLast() {
      found[next.name] = next
      open += next.dependency.compactMap { files[$0] }.filter { found[$0.name] == nil }
    }
    response.fileDescriptorResponse.fileDescriptorProto =
      try ([file] + found.values.filter { $0.name != file.name }.sorted { $0.name < $1.name })
      .map { try $0.serializedBytes() }
  }

  private func fail(
    _ code: Status.Code,
    _ message: String,
    in response: inout Grpc_Reflection_V1_ServerReflectionResponse
  ) {
    response.errorResponse.errorCode = Int32(code.rawValue)
    response.errorResponse.errorMessage = message
  }

  private static func symbols(of file: Google_Protobuf_FileDescriptorProto) -> [String] {
    let services = file.service.flatMap { service in
      [service.name] + service.method.map { "\(service.name).\($0.name)" }
    }
    let names = file.messageType.flatMap { symbols(of: $0, under: "") } + file.enumType.map(\.name) + services
    return names.map { file.package.isEmpty ? $0 : "\(file.package).\($0)" }
  }

  private static func symbols(of message: Google_Protobuf_DescriptorProto, under prefix: String) -> [String] {
    let name = prefix + message.name
    return [name] + message.enumType.map { "\(name).\($0.name)" }
      + message.nestedType.flatMap { symbols(of: $0, under: "\(name).") }
  }
}
