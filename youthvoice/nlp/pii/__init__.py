"""Who could be recognised: detectors that find spans, and the mask that replaces them."""
