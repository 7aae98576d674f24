// A rule of any type behind one type, so that the executors are compiled once and not for every rule.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "solvers/executors/replay_memory.hpp"
#include "solvers/memory.hpp"
#include "solvers/rule.hpp"

namespace asyncert::solvers {

/// A sample of whatever type the rule draws. Kept and drawn again, it allocates once.
class AnySample {
 private:
  friend class AnyRule;
  struct Base {
    virtual ~Base() = default;
  };
  std::unique_ptr<Base> held_;
};

/// Holds a copy of a rule. Its members are the rule's; the loops over coordinates in `compute` and `write` stay those
/// of the rule and the memory, so that a message costs a few virtual calls and a coordinate none.
class AnyRule {
 public:
  using Sample = AnySample;

  template <UpdateRule R>
  AnyRule(R rule) : self_(std::make_unique<Model<R>>(std::move(rule))) {}  // NOLINT: every rule is one
  AnyRule(const AnyRule& other) : self_(other.self_->clone()) {}
  AnyRule(AnyRule&&) = default;
  AnyRule& operator=(AnyRule other) {
    self_ = std::move(other.self_);
    return *this;
  }
  ~AnyRule() = default;

  std::string name() const { return self_->name(); }
  std::vector<double> initial() const { return self_->initial(); }
  bool numbers_updates() const { return self_->numbers_updates(); }
  std::size_t batch() const { return self_->batch(); }
  std::size_t blocks() const { return self_->blocks(); }
  std::size_t block_of(std::size_t j) const { return self_->block_of(j); }
  std::pair<std::uint32_t, std::uint32_t> written_blocks(const Sample& sample, const Job& job) const {
    return self_->written_blocks(*sample.held_, job);
  }
  std::uint32_t workers() const { return self_->workers(); }
  std::size_t local_size() const { return self_->local_size(); }
  std::uint64_t epoch_length() const { return self_->epoch_length(); }
  void begin_epoch(std::span<const double> memory, int threads) { self_->begin_epoch(memory, threads); }
  std::size_t read_size(std::size_t memory_size) const { return self_->read_size(memory_size); }
  std::span<const std::uint32_t> support(const Sample& sample) const { return self_->support(*sample.held_); }
  void view(std::span<double> x) const { self_->view(x); }
  void finish(Update& update, RandomStream& stream, const Job& job) const { self_->finish(update, stream, job); }
  std::vector<double> output(std::span<const double> memory) const { return self_->output(memory); }
  void draw(RandomStream& stream, const Job& job, Sample& sample) const { self_->draw(stream, job, sample.held_); }
  void compute(std::span<const double> view, const Sample& sample, RandomStream& stream, const Job& job,
               std::span<double> local, Update& update) const {
    self_->compute(view, *sample.held_, stream, job, local, update);
  }
  template <class Memory>
  void write(Memory& memory, const Update& update, const Job& job, std::span<double> local) const {
    self_->write(memory, update, job, local);
  }

 private:
  using SampleBase = AnySample::Base;

  struct Interface {
    virtual ~Interface() = default;
    virtual std::unique_ptr<Interface> clone() const = 0;
    virtual std::string name() const = 0;
    virtual std::vector<double> initial() const = 0;
    virtual bool numbers_updates() const = 0;
    virtual std::size_t batch() const = 0;
    virtual std::size_t blocks() const = 0;
    virtual std::size_t block_of(std::size_t j) const = 0;
    virtual std::pair<std::uint32_t, std::uint32_t> written_blocks(const SampleBase&, const Job&) const = 0;
    virtual std::uint32_t workers() const = 0;
    virtual std::size_t local_size() const = 0;
    virtual std::uint64_t epoch_length() const = 0;
    virtual void begin_epoch(std::span<const double>, int threads) = 0;
    virtual std::size_t read_size(std::size_t) const = 0;
    virtual std::span<const std::uint32_t> support(const SampleBase&) const = 0;
    virtual void view(std::span<double>) const = 0;
    virtual void finish(Update&, RandomStream&, const Job&) const = 0;
    virtual std::vector<double> output(std::span<const double>) const = 0;
    virtual void draw(RandomStream&, const Job&, std::unique_ptr<SampleBase>&) const = 0;
    virtual void compute(std::span<const double>, const SampleBase&, RandomStream&, const Job&, std::span<double>,
                         Update&) const = 0;
    // `wild`, `locked` and `consistent` write in one way; the locks are the executor's.
    virtual void write(LoadStore&, const Update&, const Job&, std::span<double>) const = 0;
    virtual void write(AtomicAdd&, const Update&, const Job&, std::span<double>) const = 0;
    virtual void write(detail::MaskedMemory&, const Update&, const Job&, std::span<double>) const = 0;
    virtual void write(detail::StampedWriter<false>&, const Update&, const Job&, std::span<double>) const = 0;
    virtual void write(detail::StampedWriter<true>&, const Update&, const Job&, std::span<double>) const = 0;
    virtual void write(detail::AdditionRecorder&, const Update&, const Job&, std::span<double>) const = 0;
  };

  template <class R>
  struct Model final : Interface {
    struct Held final : SampleBase {
      std::optional<typename R::Sample> sample;
    };
    static const typename R::Sample& sample_of(const SampleBase& held) {
      return *static_cast<const Held&>(held).sample;
    }
    R rule;

    explicit Model(R r) : rule(std::move(r)) {}
    std::unique_ptr<Interface> clone() const override { return std::make_unique<Model>(*this); }
    std::string name() const override { return rule.name(); }
    std::vector<double> initial() const override { return rule.initial(); }
    bool numbers_updates() const override { return rule.numbers_updates(); }
    std::size_t batch() const override { return rule.batch(); }
    std::size_t blocks() const override { return rule.blocks(); }
    std::size_t block_of(std::size_t j) const override { return rule.block_of(j); }
    std::pair<std::uint32_t, std::uint32_t> written_blocks(const SampleBase& s, const Job& job) const override {
      return rule.written_blocks(sample_of(s), job);
    }
    std::uint32_t workers() const override { return rule.workers(); }
    std::size_t local_size() const override { return rule.local_size(); }
    std::uint64_t epoch_length() const override { return rule.epoch_length(); }
    void begin_epoch(std::span<const double> memory, int threads) override { rule.begin_epoch(memory, threads); }
    std::size_t read_size(std::size_t size) const override { return rule.read_size(size); }
    std::span<const std::uint32_t> support(const SampleBase& s) const override { return rule.support(sample_of(s)); }
    void view(std::span<double> x) const override { rule.view(x); }
    void finish(Update& update, RandomStream& stream, const Job& job) const override {
      rule.finish(update, stream, job);
    }
    std::vector<double> output(std::span<const double> memory) const override { return rule.output(memory); }
    void draw(RandomStream& stream, const Job& job, std::unique_ptr<SampleBase>& slot) const override {
      if (!slot) slot = std::make_unique<Held>();
      static_cast<Held&>(*slot).sample = rule.draw(stream, job);
    }
    void compute(std::span<const double> view, const SampleBase& s, RandomStream& stream, const Job& job,
                 std::span<double> local, Update& update) const override {
      rule.compute(view, sample_of(s), stream, job, local, update);
    }
    void write(LoadStore& m, const Update& u, const Job& job, std::span<double> local) const override {
      rule.write(m, u, job, local);
    }
    void write(AtomicAdd& m, const Update& u, const Job& job, std::span<double> local) const override {
      rule.write(m, u, job, local);
    }
    void write(detail::MaskedMemory& m, const Update& u, const Job& job, std::span<double> local) const override {
      rule.write(m, u, job, local);
    }
    void write(detail::StampedWriter<false>& m, const Update& u, const Job& job,
               std::span<double> local) const override {
      rule.write(m, u, job, local);
    }
    void write(detail::StampedWriter<true>& m, const Update& u, const Job& job,
               std::span<double> local) const override {
      rule.write(m, u, job, local);
    }
    void write(detail::AdditionRecorder& m, const Update& u, const Job& job, std::span<double> local) const override {
      rule.write(m, u, job, local);
    }
  };

  std::unique_ptr<Interface> self_;
};

}  // namespace asyncert::solvers
