vcl 4.1;
# Several instances of the app behind Varnish: varnishd -f varnish.vcl -a 127.0.0.1:8080 -s malloc,1G
# Each: araxes serve --port 5001 --engine https://… --trusted-proxy 127.0.0.1 --base-url https://data.example.org/
# Tested by tests/endpoint/test_instances.py.
import directors;

probe ready { .url = "/health/ready"; .interval = 2s; .timeout = 1s; .window = 3; .threshold = 2; .initial = 2; }
backend one { .host = "127.0.0.1"; .port = "5001"; .probe = ready; .first_byte_timeout = 60s; }
backend two { .host = "127.0.0.1"; .port = "5002"; .probe = ready; .first_byte_timeout = 60s; }

sub vcl_init {
  new instances = directors.round_robin();
  instances.add_backend(one);
  instances.add_backend(two);
}

sub vcl_recv {
  set req.backend_hint = instances.backend();
  # The app believes one address, and only from its trusted_proxy.
  set req.http.X-Forwarded-For = client.ip;
  # Cookies only keep a reader's language: requests that carry one are for the app.
  if (req.method != "GET" && req.method != "HEAD") { return (pass); }
}

sub vcl_backend_response {
  # no-cache allows to keep an answer that is asked for again, by its ETag, once a second at most.
  if (beresp.http.Cache-Control ~ "no-store" || beresp.status != 200 || !beresp.http.ETag || beresp.http.Set-Cookie) {
    set beresp.uncacheable = true;
    set beresp.ttl = 0s;
  } else {
    set beresp.ttl = 1s;
    set beresp.grace = 0s;
    set beresp.keep = 1h;
  }
  return (deliver);
}

sub vcl_backend_error {
  # Queries have no effects: an instance that is gone costs nobody an answer.
  if (bereq.retries == 0) {
    set bereq.backend = instances.backend();
    return (retry);
  }
}

sub vcl_deliver {
  set resp.http.X-Cache = "MISS";
  if (obj.hits > 0) { set resp.http.X-Cache = "HIT"; }
}
