// swift-tools-version: 6.3
import PackageDescription

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let certificateReloading = Target.Dependency.product(name: "NIOCertificateReloading", package: "swift-nio-extras")
let configuration = Target.Dependency.product(name: "Configuration", package: "swift-configuration")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let grpcCore = Target.Dependency.product(name: "GRPCCore", package: "grpc-swift-2")
let grpcProtobuf = Target.Dependency.product(name: "GRPCProtobuf", package: "grpc-swift-protobuf")
let grpcInProcess = Target.Dependency.product(name: "GRPCInProcessTransport", package: "grpc-swift-2")
let grpcTransport = Target.Dependency.product(name: "GRPCNIOTransportHTTP2Posix", package: "grpc-swift-nio-transport")
let histogram = Target.Dependency.product(name: "Histogram", package: "hdrhistogram-swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let metrics = Target.Dependency.product(name: "Metrics", package: "swift-metrics")
let mustache = Target.Dependency.product(name: "Mustache", package: "swift-mustache")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioHPACK = Target.Dependency.product(name: "NIOHPACK", package: "swift-nio-http2")
let nioHTTP2 = Target.Dependency.product(name: "NIOHTTP2", package: "swift-nio-http2")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioSSL = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let nioTLS = Target.Dependency.product(name: "NIOTLS", package: "swift-nio")
let swiftProtobuf = Target.Dependency.product(name: "SwiftProtobuf", package: "swift-protobuf")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

/// A module of Sources/, with the settings that all share.
func module(
  _ name: String,
  _ dependencies: [Target.Dependency] = [],
  exclude: [String] = [],
  embedding files: [String] = []
) -> Target {
  .target(
    name: name,
    dependencies: dependencies,
    exclude: exclude,
    resources: files.map { .embedInCode($0) },
    swiftSettings: settings
  )
}

/// The tests of one module.
func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

let package = Package(
  name: "lanyard",
  dependencies: [
    .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-protobuf", from: "1.39.0"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/grpc/grpc-swift-2", from: "2.4.3"),
    .package(url: "https://github.com/grpc/grpc-swift-nio-transport", from: "2.9.2"),
    .package(url: "https://github.com/grpc/grpc-swift-protobuf", from: "2.4.1"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    // In the order of the layers: a target sees only those above it in this list.
    .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .systemLibrary(name: "CProtobufC", pkgConfig: "libprotobuf-c", providers: [.apt(["libprotobuf-c-dev"])]),
    .systemLibrary(name: "CPangoCairo", pkgConfig: "pangocairo", providers: [.apt(["libpango1.0-dev"])]),
    .systemLibrary(name: "CRSVG", pkgConfig: "librsvg-2.0", providers: [.apt(["librsvg2-dev"])]),
    .systemLibrary(name: "CGMime", pkgConfig: "gmime-3.0", providers: [.apt(["libgmime-3.0-dev"])]),
    .systemLibrary(name: "CICal", pkgConfig: "libical", providers: [.apt(["libical-dev"])]),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .target(name: "CBadgeCode", dependencies: ["CProtobufC"]),

    module("LanyardDomain"),
    module("LanyardCertificates", ["COpenSSL"]),
    // The catalogues of LanyardTexts as they lie there, in the program.
    .target(name: "CCatalogues"),
    module("LanyardTexts", ["CCatalogues", "LanyardCertificates", "LanyardDomain"], exclude: ["Catalogues"]),
    module("LanyardMail", ["CCurl", "CGMime", "CICal", "LanyardDomain", "LanyardTexts"]),
    module("LanyardYAML", ["LanyardDomain", "LanyardTexts", yams]),
    module("LanyardAPI", [grpcCore, grpcProtobuf, swiftProtobuf]),
    module("BadgeCodes", ["LanyardDomain", "CBadgeCode", "COpenSSL", "CQREncode"]),
    module(
      "LanyardMessages",
      [
        "BadgeCodes", "LanyardAPI", "LanyardDomain", "LanyardTexts", crypto, grpcCore, grpcProtobuf, swiftProtobuf,
      ]
    ),
    module(
      "BadgePrinting",
      ["BadgeCodes", "CPangoCairo", "CRSVG", "LanyardDomain", "LanyardTexts", "LanyardYAML"],
      embedding: ["conference", "label", "phone"].map { "Designs/\($0).yaml" }
    ),
    module("LanyardStore", ["LanyardDomain", crypto]),
    module("LanyardSQLite", ["LanyardCertificates", "LanyardDomain", "LanyardStore", grdb, grdbSQLite]),
    module(
      "LanyardServer",
      [
        "BadgeCodes", "BadgePrinting", "LanyardAPI", "LanyardCertificates", "LanyardDomain", "LanyardMail",
        "LanyardMessages", "LanyardStore",
        "LanyardTexts", certificateReloading, crypto, grpcCore, grpcInProcess, grpcProtobuf, grpcTransport, lifecycle,
        logging, metrics, nioCore, nioHPACK, nioHTTP2, nioPosix, nioSSL, nioTLS, swiftProtobuf,
      ]
    ),
    module(
      "LanyardClient",
      [
        "CZlib", "LanyardAPI", "LanyardCertificates", "LanyardDomain", "LanyardMessages", "LanyardTexts", grpcCore,
        grpcProtobuf, grpcTransport, nioCore, nioPosix, nioSSL, swiftProtobuf,
      ]
    ),
    module(
      "LanyardScanner",
      [
        "BadgeCodes", "LanyardAPI", "LanyardCertificates", "LanyardClient", "LanyardDomain", "LanyardMessages",
        "LanyardTexts", grdb, grpcCore, grpcTransport, swiftProtobuf,
      ]
    ),
    module(
      "LanyardLoad",
      [
        "LanyardAPI", "LanyardCertificates", "LanyardClient", "LanyardDomain", "LanyardMessages", "LanyardScanner",
        "LanyardSQLite", "LanyardServer", "LanyardStore", "LanyardTexts", "LanyardYAML", grpcCore, grpcProtobuf,
        histogram,
        lifecycle,
        logging,
        swiftProtobuf,
      ],
      embedding: [
        "bad-morning", "capacity", "opening-morning", "peak", "registration-rush", "session-change", "smoke", "soak",
      ].map { "Scenarios/\($0).yaml" }
    ),
    module(
      "LanyardPortal",
      [
        "BadgeCodes", "CZlib", "LanyardAPI", "LanyardDomain", "LanyardMail", "LanyardMessages", "LanyardTexts", crypto,
        grpcCore,
        grpcProtobuf, httpTypes, hummingbird, hummingbirdCore, lifecycle, logging, mustache, nioCore, nioSSL,
        swiftProtobuf,
      ],
      embedding: ["badge.js", "icon.svg", "lanyard.css", "portal.js"].map { "Assets/\($0)" }
        + [
          "confirm", "data", "desk", "deskbadges", "duplicates", "event", "events", "field", "form", "frame", "link",
          "me", "notice", "prose", "register",
          "review", "session", "signin",
        ].map { "Templates/\($0).mustache" }
    ),
    .executableTarget(
      name: "lanyard",
      dependencies: [
        "BadgeCodes", "BadgePrinting", "LanyardAPI", "LanyardCertificates", "LanyardClient", "LanyardDomain",
        "LanyardLoad", "LanyardMail", "LanyardMessages", "LanyardPortal", "LanyardSQLite", "LanyardScanner",
        "LanyardServer", "LanyardStore",
        "LanyardTexts",
        argumentParser, configuration,
        grpcCore, grpcTransport, lifecycle, logging, swiftProtobuf, systemPackage, unixSignals,
      ],
      swiftSettings: settings
    ),
    module(
      "LanyardTesting",
      [
        "LanyardAPI", "LanyardCertificates", "LanyardClient", "LanyardDomain", "LanyardLoad", "LanyardMessages",
        "LanyardSQLite", "LanyardServer", "LanyardStore", grpcCore, grpcInProcess, lifecycle, logging, swiftProtobuf,
      ]
    ),

    tests("BadgeCodesTests", ["BadgeCodes", "LanyardDomain", "LanyardTesting"], exclude: ["Vectors", "python"]),
    tests(
      "BadgePrintingTests",
      ["BadgeCodes", "BadgePrinting", "CPangoCairo", "LanyardDomain", "LanyardTesting", "LanyardTexts"],
      exclude: ["Pages", "python"]
    ),
    tests(
      "EndToEndTests",
      [
        "LanyardAPI", "LanyardClient", "LanyardDomain", "LanyardLoad", "LanyardMail", "LanyardMessages",
        "LanyardScanner",
        "LanyardSQLite", "LanyardServer", "LanyardStore", "LanyardTesting", "LanyardTexts", "lanyard", argumentParser,
        grdb, grpcCore, swiftProtobuf,
      ],
      exclude: ["Fixtures", "go", "python"]
    ),
    tests("LanyardCertificatesTests", ["LanyardCertificates", "LanyardTesting"]),
    tests("LanyardDomainTests", ["LanyardDomain", "LanyardTesting", "LanyardTexts"]),
    tests(
      "LanyardMailTests",
      ["LanyardDomain", "LanyardMail", "LanyardTesting", "LanyardTexts"],
      exclude: ["python"]
    ),
    tests(
      "LanyardMessagesTests",
      [
        "BadgeCodes", "LanyardAPI", "LanyardDomain", "LanyardMessages", "LanyardTesting", "LanyardTexts", grpcCore,
        grpcProtobuf, swiftProtobuf,
      ]
    ),
    tests(
      "LanyardPortalTests",
      [
        "LanyardAPI", "LanyardClient", "LanyardDomain", "LanyardMessages", "LanyardPortal", "LanyardSQLite",
        "LanyardServer", "LanyardStore", "LanyardTesting", "LanyardTexts", grpcCore, grpcInProcess, httpTypes,
        hummingbird,
        hummingbirdTesting, logging,
        nioCore, nioEmbedded,
      ]
    ),
    tests(
      "LanyardLoadTests",
      [
        "LanyardAPI", "LanyardClient", "LanyardDomain", "LanyardLoad", "LanyardMessages", "LanyardScanner",
        "LanyardSQLite", "LanyardServer", "LanyardStore", "LanyardTesting", "LanyardTexts", "LanyardYAML", grdb,
        grdbSQLite,
        grpcCore, histogram, swiftProtobuf,
      ]
    ),
    tests(
      "LanyardScannerTests",
      [
        "BadgeCodes", "LanyardAPI", "LanyardClient", "LanyardDomain", "LanyardLoad", "LanyardMessages",
        "LanyardScanner", "LanyardSQLite", "LanyardServer", "LanyardStore", "LanyardTesting", grdb, grpcCore,
        grpcProtobuf, nioCore, nioSSL, swiftProtobuf,
      ],
      exclude: ["Fixtures"]
    ),
    tests(
      "LanyardServerTests",
      [
        "BadgeCodes", "BadgePrinting", "LanyardAPI", "LanyardCertificates", "LanyardClient", "LanyardDomain",
        "LanyardMail", "LanyardMessages", "LanyardScanner", "LanyardSQLite", "LanyardServer", "LanyardStore",
        "LanyardTesting",
        "LanyardTexts", grpcCore, lifecycle, logging, nioCore, nioEmbedded, nioTLS, swiftProtobuf,
      ]
    ),
    tests(
      "LanyardStoreTests",
      ["LanyardDomain", "LanyardSQLite", "LanyardStore", "LanyardTesting", grdb],
      exclude: ["Fixtures"]
    ),
    tests("LanyardTextsTests", ["LanyardCertificates", "LanyardDomain", "LanyardTesting", "LanyardTexts"]),
    tests(
      "TerminalTests",
      [
        "LanyardAPI", "LanyardDomain", "LanyardMessages", "LanyardScanner", "LanyardTesting", "LanyardTexts", "lanyard",
        argumentParser,
        swiftProtobuf,
      ]
    ),
  ]
)
