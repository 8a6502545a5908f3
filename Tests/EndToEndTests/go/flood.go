package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"
	"time"

	"golang.org/x/net/http2"
)

// The most PINGs of a flood; a server that takes them all in has no limit.
const pings = 100_000

// sendPings sends PINGs without any call on a connection of HTTP/2 until the server ends it, and tells why the server says
// that it did.
func sendPings(server, authority string) (string, error) {
	pem, err := os.ReadFile(authority)
	if err != nil {
		return "", err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	connection, err := tls.Dial("tcp", server, &tls.Config{RootCAs: roots, NextProtos: []string{"h2"}})
	if err != nil {
		return "", err
	}
	defer connection.Close()
	connection.SetDeadline(time.Now().Add(30 * time.Second))
	if _, err := connection.Write([]byte(http2.ClientPreface)); err != nil {
		return "", err
	}
	framer := http2.NewFramer(connection, connection)
	if err := framer.WriteSettings(); err != nil {
		return "", err
	}
	// What the server says when it ends the connection; nothing else is read, since no call is made.
	type ending struct {
		why string
		err error
	}
	ended := make(chan ending, 1)
	go func() {
		var why string
		for {
			frame, err := framer.ReadFrame()
			if err != nil {
				ended <- ending{why, err}
				return
			}
			if goAway, is := frame.(*http2.GoAwayFrame); is {
				why = fmt.Sprintf("%v: %s", goAway.ErrCode, goAway.DebugData())
			}
		}
	}()
	number := 0
	for number < pings {
		if err := framer.WritePing(false, [8]byte{byte(number), byte(number >> 8)}); err != nil {
			break
		}
		number++
	}
	select {
	case end := <-ended:
		if timeout, is := end.err.(interface{ Timeout() bool }); is && timeout.Timeout() {
			return "", fmt.Errorf("all %d PINGs were taken in", number)
		}
		return fmt.Sprintf("ended after %d PINGs: %s", number, end.why), nil
	case <-time.After(35 * time.Second):
		return "", fmt.Errorf("all %d PINGs were taken in", number)
	}
}
